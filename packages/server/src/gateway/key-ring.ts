import { hash } from "node:crypto";
import { type KnownKey, type NewKey, nameKey } from "../storage/idempotency-keys.ts";
import type { ResolvedSend } from "./decide.ts";
import type { SendAnswer } from "./send-answer.ts";

/** The idempotency keys that matter to one transaction: those used before it and those used in it. */
export interface KeyRing {
  /** The answer that a send's key stands for; null when it has none or the key is new. */
  find(send: ResolvedSend): SendAnswer | null;
  /** Notes that a send was accepted under its key. */
  use(send: ResolvedSend, messageId: string): void;
  /** What is to be stored. */
  readonly used: readonly NewKey[];
}

/**
 * The name of a send's key, or null without one. Only a caller that is known has any. Tokens that are confined to a
 * project have keys of their own: a key must not show them another project's message.
 */
export function nameSendKey(send: ResolvedSend): { accountId: string; keyHash: string } | null {
  const { snapshot, token, prepared } = send;
  if (!snapshot || !token || !prepared.idempotency) return null;
  const { accountId } = snapshot;
  const { projectId } = token;
  const { key } = prepared.idempotency;
  return { accountId, keyHash: hashSendKey({ source: prepared.source, projectId, key }) };
}

/** By which a key is stored: those of the platform and of the console are none that a caller of an API could have. */
export function hashSendKey(of: {
  source: ResolvedSend["prepared"]["source"];
  projectId: string | null;
  key: string;
}): string {
  const own = { auto: "\n", console: "\t", ws: "", v1: "" }[of.source];
  return hash("sha256", `${own}${of.projectId ?? ""}\n${of.key}`);
}

/** See {@link KeyRing}. */
export function createKeyRing(stored: ReadonlyMap<string, KnownKey>, nowMs: number): KeyRing {
  const known = new Map(stored);
  const used: NewKey[] = [];
  return {
    used,
    find(send) {
      const name = nameSendKey(send);
      const key = name && known.get(nameKey(name.accountId, name.keyHash));
      if (!key) return null;
      return key.requestDigest === send.prepared.idempotency?.digest
        ? { code: 1, messageId: key.messageId, replayed: true }
        : { code: "key-reused" };
    },
    use(send, messageId) {
      const name = nameSendKey(send);
      const requestDigest = send.prepared.idempotency?.digest;
      if (!name || requestDigest === undefined) return;
      known.set(nameKey(name.accountId, name.keyHash), { requestDigest, messageId });
      used.push({ ...name, requestDigest, messageId, usedAt: new Date(nowMs) });
    },
  };
}
