import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Makes and checks links to files that we give out: who holds the link may fetch that one file until it
 * expires, and nothing else.
 */
export interface LinkSigner {
  /** `path` as it stands in the URL. Answers `<expires>-<signature>`. */
  sign(path: string, expiresAtMs: number): string;
  verify(path: string, seal: string, nowMs: number): boolean;
}

/** A {@link LinkSigner} on a key of its own. */
export function createLinkSigner(key: Buffer): LinkSigner {
  const seal = (path: string, expiresAtMs: number) => {
    const mac = createHmac("sha256", key).update(`${path} ${expiresAtMs}`).digest("base64url");
    return `${expiresAtMs.toString(36)}-${mac.slice(0, 32)}`;
  };
  return {
    sign: seal,
    verify(path, given, nowMs) {
      const expiresAtMs = Number.parseInt(given.split("-")[0] ?? "", 36);
      if (!Number.isSafeInteger(expiresAtMs) || expiresAtMs <= nowMs) return false;
      const right = Buffer.from(seal(path, expiresAtMs));
      const claimed = Buffer.from(given);
      return right.length === claimed.length && timingSafeEqual(right, claimed);
    },
  };
}
