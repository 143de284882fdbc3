/** How many of a file's first bytes {@link judgeFileType} wants to see. */
export const FILE_HEAD_BYTES = 4_100;

const ANY = "application/octet-stream";
/** Kinds whose containers are shared: sound in an mp4 is no lie. */
const SOUND_OR_FILM = /^(?:audio|video)\//u;

/**
 * The type under which a person's file is kept: the one that WhatsApp said, unless the content is plainly
 * another, and then bytes of no type. Whatever it is, it is kept: a person may send anything.
 */
export async function judgeFileType(head: Uint8Array, said: string): Promise<string> {
  const mime = said.split(";")[0]?.trim().toLowerCase() ?? "";
  const [family = ""] = mime.split("/");
  if (!["image", "audio", "video"].includes(family)) return said;
  const found = await findMime(head);
  // A few honest formats have no mark by which they are known.
  if (found === null || found.startsWith(`${family}/`)) return said;
  return SOUND_OR_FILM.test(mime) && isSoundOrFilm(found) ? said : ANY;
}

function isSoundOrFilm(mime: string): boolean {
  return SOUND_OR_FILM.test(mime) || mime === "application/ogg";
}

async function findMime(head: Uint8Array): Promise<string | null> {
  try {
    const { fileTypeFromBuffer } = await import("file-type");
    return (await fileTypeFromBuffer(head))?.mime ?? null;
  } catch {
    // Bytes made to confuse a parser are of no known type; they are not our failure.
    return null;
  }
}
