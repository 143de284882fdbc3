import { createHmac, timingSafeEqual } from "node:crypto";
import { sameText } from "../../platform/same-text.ts";
import type { HookPost, HookProbe, HookSecrets } from "../provider.ts";

const SIGNATURE = /^sha256=([0-9a-f]{64})$/u;

/** Longest challenge that is echoed. */
const CHALLENGE_CHARS_MAX = 256;

/**
 * Whether Meta signed these very bytes with the app's secret (fact sheet §3.2). The old SHA-1 header
 * is ignored. A channel without a secret accepts nothing: an empty key would let anyone sign.
 */
export function verifySignature(post: Omit<HookPost, "pathSecret">, secrets: HookSecrets): boolean {
  const given = SIGNATURE.exec(post.headers["x-hub-signature-256"] ?? "")?.[1];
  if (given === undefined || secrets.appSecret === "") return false;
  const expected = createHmac("sha256", secrets.appSecret).update(post.body).digest();
  return timingSafeEqual(expected, Buffer.from(given, "hex"));
}

/** The challenge, verbatim, for who knows the verify token (§3.1); null otherwise. */
export function answerChallenge(
  query: Record<string, string | undefined>,
  secrets: HookSecrets,
): string | null {
  const challenge = query["hub.challenge"] ?? "";
  const known = sameText(query["hub.verify_token"] ?? "", secrets.verifyToken);
  if (!known || secrets.verifyToken === "" || query["hub.mode"] !== "subscribe") return null;
  return challenge === "" || challenge.length > CHALLENGE_CHARS_MAX ? null : challenge;
}

/** A post that Meta could have made and that says nothing, and the question of its subscription check. */
export function makeProbe(secrets: HookSecrets, challenge: string): HookProbe {
  const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
  const signature = createHmac("sha256", secrets.appSecret).update(body).digest("hex");
  return {
    post: {
      headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` },
      pathSecret: null,
      body,
    },
    question: {
      query: {
        "hub.mode": "subscribe",
        "hub.verify_token": secrets.verifyToken,
        "hub.challenge": challenge,
      },
      answer: challenge,
    },
  };
}
