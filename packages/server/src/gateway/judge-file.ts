import { type AccountSnapshot, findTemplateById } from "../domain/account-snapshot.ts";
import { fitsHeader, KIND_BYTES_MAX, MEDIA_TYPES, type MediaType } from "../domain/media-kind.ts";
import type { MediaUse } from "../providers/provider.ts";
import type { UnpreparedMessage } from "../storage/prepared-media.ts";

type Place = Pick<UnpreparedMessage, "templateId" | "kind" | "body">;

/**
 * Whether a file whose content has been seen may leave in its message: null, or the code with which the message fails.
 * 1005: it may not stand there; 1011: WhatsApp takes no such file of this size.
 */
export function judgeFile(
  snapshot: AccountSnapshot,
  message: Place,
  file: { type: MediaType; bytes: number },
): "1005" | "1011" | null {
  const use = findUse(snapshot, message, file.type);
  if (!fits(message, file.type, use)) return "1005";
  return file.bytes > KIND_BYTES_MAX[use] ? "1011" : null;
}

/** As what a file of this message travels: what the template's header wants, else what it is. */
export function findUse(
  snapshot: AccountSnapshot,
  { templateId }: Pick<Place, "templateId">,
  type: MediaType,
): MediaUse {
  const header = findTemplateById(snapshot, templateId)?.header ?? null;
  return header === "image" || header === "video" || header === "document"
    ? header
    : MEDIA_TYPES[type].kind;
}

function fits(message: Place, type: MediaType, use: MediaUse): boolean {
  const { kind } = MEDIA_TYPES[type];
  if (message.kind === "interactive") return kind !== "audio" && kind !== "sticker";
  if (message.kind === "media") return kind !== "sticker" || message.body === "";
  // No header wants these: it has none, and the file goes as what it is.
  return use === "audio" || use === "sticker" || fitsHeader(type, use);
}
