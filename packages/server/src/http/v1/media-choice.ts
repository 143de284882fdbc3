import type { mediaChoice } from "@recado/contract/v1/messages";
import type { z } from "zod";
import { accessMedia } from "../../accounts/access.ts";
import { findMediaType } from "../../domain/media-kind.ts";
import type { MediaIntake } from "../../gateway/media-intake.ts";
import { createMediaSink } from "../../gateway/media-sink.ts";
import type { V1Caller, V1Deps } from "./v1-deps.ts";

/** The file that a message asks for. */
export interface ChosenMedia {
  media: MediaIntake | null;
  name: string;
  /** Removes what was stored for this request alone; to be called when no message took it. */
  discard(): Promise<void>;
}

/**
 * Gets hold of a message's file: its address is checked and not fetched, base64 is stored, an uploaded one is looked up.
 * Refuses with `not_found` a file that the caller has not uploaded.
 */
export async function takeMedia(
  deps: Pick<V1Deps, "pool" | "media">,
  caller: Omit<V1Caller, "tokenHash">,
  choice: z.output<typeof mediaChoice> | undefined,
): Promise<ChosenMedia> {
  const nothing = async () => {};
  if (!choice) return { media: null, name: "", discard: nothing };
  const name = choice.name ?? "";
  if ("id" in choice) {
    const { storageKey, sha256, bytes, mime } = await accessMedia(deps.pool, caller, choice.id);
    const type = findMediaType(mime);
    const media: MediaIntake = type
      ? { kind: "file", file: { storageKey, sha256, bytes, type } }
      : { kind: "invalid", why: "the file is of a type that is no longer taken" };
    return { media, name, discard: nothing };
  }
  const sink = createMediaSink({ ...deps.media, stickers: true });
  sink.writeText(Buffer.from("url" in choice ? choice.url : choice.base64));
  const came = await sink.end();
  const expected = "url" in choice ? came?.kind !== "file" : came?.kind !== "url";
  const media: MediaIntake =
    came && expected ? came : { kind: "invalid", why: "it is neither an address nor base64" };
  return {
    media,
    name,
    async discard() {
      if (came?.kind === "file") await deps.media.store.delete(came.file.storageKey);
    },
  };
}
