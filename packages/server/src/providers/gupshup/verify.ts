import { sameText } from "../../platform/same-text.ts";
import type { HookPost, HookProbe, HookSecrets } from "../provider.ts";

/** The header that a subscription's `meta.headers` must add to every callback (fact sheet §3.7). */
export const SECRET_HEADER = "x-recado-secret";

/**
 * Whether the post knows a secret of ours; Gupshup signs nothing (fact sheet §4.1). Two ways, because only
 * subscriptions can add a header: `x-recado-secret` with the app's secret, or the verify token as the last
 * part of the address. A header that is there must be right. An empty secret opens nothing.
 */
export function verifySecret(post: HookPost, secrets: HookSecrets): boolean {
  const header = post.headers[SECRET_HEADER];
  if (header !== undefined) return secrets.appSecret !== "" && sameText(header, secrets.appSecret);
  if (post.pathSecret === null || secrets.verifyToken === "") return false;
  return sameText(post.pathSecret, secrets.verifyToken);
}

/** The post by which Gupshup itself tries an address (fact sheet §4.1), proved by the header or else by the address. */
export function makeProbe(secrets: HookSecrets): HookProbe {
  const ping = { phone: "callbackSetPhone", type: "sandbox-start" };
  const text = JSON.stringify({
    app: "recado-doctor",
    version: 2,
    type: "user-event",
    payload: ping,
  });
  const byHeader = secrets.appSecret !== "";
  return {
    post: {
      headers: {
        "content-type": "application/json",
        ...(byHeader ? { [SECRET_HEADER]: secrets.appSecret } : {}),
      },
      pathSecret: byHeader ? null : secrets.verifyToken,
      body: Buffer.from(text),
    },
    question: null,
  };
}
