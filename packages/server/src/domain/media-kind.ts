/**
 * Types that we take, judged by content; what each may stand for in a message. They are the manual's, and two which only
 * `/v1` and the console take: `webp`, a sticker, and `opus`, a voice note (OGG with OPUS).
 */
export const MEDIA_TYPES = {
  pdf: { mime: "application/pdf", kind: "document" },
  jpg: { mime: "image/jpeg", kind: "image" },
  png: { mime: "image/png", kind: "image" },
  mp3: { mime: "audio/mpeg", kind: "audio" },
  mp4: { mime: "video/mp4", kind: "video" },
  txt: { mime: "text/plain", kind: "document" },
  docx: {
    mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    kind: "document",
  },
  xlsx: {
    mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    kind: "document",
  },
  pptx: {
    mime: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    kind: "document",
  },
  zip: { mime: "application/zip", kind: "document" },
  opus: { mime: "audio/ogg", kind: "audio" },
  webp: { mime: "image/webp", kind: "sticker" },
} as const satisfies Record<
  string,
  { mime: string; kind: "image" | "video" | "audio" | "document" | "sticker" }
>;

/** One of {@link MEDIA_TYPES}, by its usual extension (`jpg` stands for `jpeg` too). */
export type MediaType = keyof typeof MEDIA_TYPES;

/** The type that is stored under this MIME type; null: none of ours. */
export function findMediaType(mime: string): MediaType | null {
  const types = Object.keys(MEDIA_TYPES) as MediaType[];
  return types.find((type) => MEDIA_TYPES[type].mime === mime) ?? null;
}

/**
 * Whether a file of this type may fill a header of this format: any of the manual's types for a document,
 * pictures for an image, mp4 for a video.
 */
export function fitsHeader(type: MediaType, format: "image" | "video" | "document"): boolean {
  const { kind } = MEDIA_TYPES[type];
  return format === "document" ? kind !== "sticker" : kind === format;
}

/** Most bytes that WhatsApp takes of each kind (Meta, "Media", supported types). */
export const KIND_BYTES_MAX = {
  image: 5 * 1024 * 1024,
  audio: 16 * 1024 * 1024,
  video: 16 * 1024 * 1024,
  document: 100 * 1024 * 1024,
  // One that does not move may have 100 KB; whether it moves is not looked at.
  sticker: 500 * 1024,
} as const;
