import type { OutgoingMedia } from "../api/simulator-client.ts";

/** The largest file that a telephone sends, in bytes. */
export const fileBytesMax = 16_000_000;

/** The longest text that WhatsApp takes. */
export const textCharactersMax = 4096;

/** The longest text that goes with a file. */
export const captionCharactersMax = 1024;

const nameCharactersMax = 240;

/** Reads a chosen file into what the simulator takes; a name that is too long keeps its end, where its type is. */
export async function readOutgoingFile(file: File, caption: string): Promise<OutgoingMedia> {
  const mime = file.type === "" ? "application/octet-stream" : file.type;
  const base64 = encodeBase64(new Uint8Array(await file.arrayBuffer()));
  const named = file.name === "" ? {} : { name: file.name.slice(-nameCharactersMax) };
  const captioned = caption === "" ? {} : { caption: caption.slice(0, captionCharactersMax) };
  return { kind: kindOfMime(mime), mime, base64, ...named, ...captioned };
}

/** How WhatsApp would carry a file of this type: only jpeg and png are pictures, only mp4 and 3gp are videos. */
export function kindOfMime(mime: string): OutgoingMedia["kind"] {
  if (mime === "image/jpeg" || mime === "image/png") {
    return "image";
  }
  if (mime === "video/mp4" || mime === "video/3gpp") {
    return "video";
  }
  return mime.startsWith("audio/") ? "audio" : "document";
}

function encodeBase64(bytes: Uint8Array): string {
  const sliceBytes = 0x8000;
  let binary = "";
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    binary += String.fromCharCode(...bytes.subarray(at, at + sliceBytes));
  }
  return btoa(binary);
}
