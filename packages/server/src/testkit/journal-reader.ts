import { randomBytes } from "node:crypto";
import { createReceiveLane, type ReceiveDeps } from "../gateway/receive.ts";
import { createLinkSigner } from "../platform/link-signer.ts";
import type { GatewayWorld } from "./gateway-world.ts";

/** Reads what waits in the journal, once for each call, as a process of its own would; `more` is handed to its lane besides. */
export function createJournalReader(
  world: Pick<GatewayWorld, "shared">,
  more: Partial<ReceiveDeps> = {},
): () => Promise<void> {
  const lane = createReceiveLane({
    ...world.shared,
    links: createLinkSigner(randomBytes(32)),
    publicUrl: () => "http://127.0.0.1:9",
    onFollowUp: () => {},
    ...more,
  });
  return async () => {
    lane.start();
    await lane.stop();
  };
}
