import { findMediaType, MEDIA_TYPES } from "../domain/media-kind.ts";

/** Kinds of files as people tell them apart. */
export type FileKind = "image" | "audio" | "voice" | "video" | "document" | "sticker";

/** What kind of thing a message is: of a file that went out, what the file is. */
export function nameKind(message: {
  direction: "in" | "out";
  kind: string;
  mime: string | null;
  voice: boolean;
}): string {
  const { direction, kind, mime, voice } = message;
  if (kind === "audio" && voice) return "voice";
  if (direction === "in" || kind !== "media") return kind;
  return mime === null ? "document" : nameFileKind(mime);
}

/** What kind of file this is. */
export function nameFileKind(mime: string): FileKind {
  const type = findMediaType(mime);
  if (type !== null && MEDIA_TYPES[type].mime === "audio/ogg") return "voice";
  if (type !== null) return MEDIA_TYPES[type].kind;
  const [family] = mime.split("/");
  return family === "image" || family === "video" || family === "audio" ? family : "document";
}
