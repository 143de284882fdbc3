import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Seals secrets at rest: AES-256-GCM, a fresh nonce for each, bound to the place it is stored for. */
export interface SecretBox {
  /** `place` names table and row; a sealed value does not open in another place. */
  seal(value: unknown, place: string): Buffer;
  /** Throws when the bytes were changed, moved, or sealed with another key. */
  open(sealed: Buffer, place: string): unknown;
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A {@link SecretBox}. `keys`: 32 bytes each; the first seals, all open (rotation). */
export function createSecretBox(keys: readonly Buffer[]): SecretBox {
  const [current] = keys;
  if (!current || keys.some((key) => key.length !== 32)) {
    throw new Error("SECRET_KEY must be 32 bytes (64 hex digits)");
  }
  return {
    seal(value, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", current, nonce);
      cipher.setAAD(Buffer.from(place));
      const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), text]);
    },
    open(sealed, place) {
      for (const key of keys) {
        const opened = tryOpen(key, sealed, place);
        if (opened !== null) return JSON.parse(opened);
      }
      throw new Error(`the secret of ${place} does not open: SECRET_KEY changed?`);
    },
  };
}

function tryOpen(key: Buffer, sealed: Buffer, place: string): string | null {
  try {
    const tagAt = 1 + NONCE_BYTES;
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, tagAt), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(sealed.subarray(tagAt, tagAt + TAG_BYTES));
    const text = decipher.update(sealed.subarray(tagAt + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
