/** The kinds of attachment that a message may carry. */
export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

interface KindLimits {
  mimes: readonly string[];
  bytesMax: number;
}

const office = "application/vnd.openxmlformats-officedocument";

/** What Meta takes of each kind (fact sheet 4). Neither zip nor csv is among it. */
export const mediaKinds: Readonly<Record<MediaKind, KindLimits>> = {
  audio: {
    mimes: [
      "audio/aac",
      "audio/amr",
      "audio/mpeg",
      "audio/mp4",
      "audio/ogg",
      "audio/ogg; codecs=opus",
      "audio/opus",
    ],
    bytesMax: 16 * 1024 * 1024,
  },
  document: {
    mimes: [
      "text/plain",
      "application/pdf",
      "application/msword",
      "application/vnd.ms-excel",
      "application/vnd.ms-powerpoint",
      `${office}.wordprocessingml.document`,
      `${office}.spreadsheetml.sheet`,
      `${office}.presentationml.presentation`,
    ],
    bytesMax: 100 * 1024 * 1024,
  },
  image: { mimes: ["image/jpeg", "image/png"], bytesMax: 5 * 1024 * 1024 },
  sticker: { mimes: ["image/webp"], bytesMax: 500 * 1024 },
  video: { mimes: ["video/mp4", "video/3gpp"], bytesMax: 16 * 1024 * 1024 },
};

/** The largest file of any kind, in bytes. */
export const mediaBytesMax = mediaKinds.document.bytesMax;

/** Every MIME type that may be uploaded, in the order in which Meta's error lists them. */
export const uploadMimes: readonly string[] = Object.values(mediaKinds).flatMap(
  (kind) => kind.mimes,
);

/** The MIME type without its parameters, in lower case. */
export function bareMime(mime: string): string {
  return mime.split(";")[0]?.trim().toLowerCase() ?? "";
}

/** Whether a file of that MIME type may travel as that kind. */
export function isOfKind(kind: MediaKind, mime: string): boolean {
  return mediaKinds[kind].mimes.includes(bareMime(mime));
}

/** The kind to which the MIME type belongs, or undefined when it may not be uploaded. */
export function findKind(mime: string): MediaKind | undefined {
  const bare = bareMime(mime);
  const kinds = Object.keys(mediaKinds) as MediaKind[];
  return kinds.find((kind) => mediaKinds[kind].mimes.includes(bare));
}

/**
 * Whether what the bytes say contradicts what the sender says. Office files are containers that a short look
 * cannot always tell apart, and text has no mark at all: only kinds with a certain mark are judged.
 */
export function contradicts(declared: string, detected: string | undefined): boolean {
  const bare = bareMime(declared);
  const isMarked = /^(image|video)\//.test(bare) || bare === "application/pdf";
  if (!isMarked) return false;
  if (bare === "video/3gpp" || bare === "video/mp4") return !detected?.startsWith("video/");
  return detected !== bare;
}
