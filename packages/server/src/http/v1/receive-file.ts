import type { ReceivedFile } from "../../gateway/media-intake.ts";
import { createMediaSink } from "../../gateway/media-sink.ts";
import { AppError } from "../../platform/app-error.ts";
import type { V1Deps } from "./v1-deps.ts";

/** Takes a body that is a file, and judges it by its content; it is never held in memory whole. Refuses what is no file of ours. */
export async function receiveFile(
  deps: Pick<V1Deps, "media">,
  body: AsyncIterable<unknown>,
): Promise<ReceivedFile> {
  const sink = createMediaSink({ ...deps.media, stickers: true });
  const { fileBytesMax } = deps.media.limits;
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += (chunk as Buffer).length;
      if (bytes > fileBytesMax) throw refuse("content_too_large", `may have ${fileBytesMax} bytes`);
      sink.writeFile(chunk as Buffer);
      await sink.flush();
    }
  } catch (error) {
    await sink.abort();
    throw error;
  }
  const came = await sink.end();
  if (came?.kind === "file") return came.file;
  throw refuse("media_invalid", came?.kind === "invalid" ? came.why : "the body is empty");
}

function refuse(code: "content_too_large" | "media_invalid", message: string): AppError {
  return new AppError(code, {
    message: `The file: ${message}.`,
    errors: [{ path: "(whole)", message }],
  });
}
