import { isUtf8 } from "node:buffer";

/** Tells whether bytes that arrive in pieces are UTF-8, holding at most three of them. */
export interface Utf8Checker {
  /** False from the piece on in which the text stopped being UTF-8. */
  update(bytes: Uint8Array): boolean;
  /** Whether the whole was UTF-8, so that no character is left unfinished. */
  end(): boolean;
}

/** A {@link Utf8Checker}, which refuses what RFC 3629 §3 refuses: overlong forms and surrogates too. */
export function createUtf8Checker(): Utf8Checker {
  let carry: Uint8Array = new Uint8Array();
  let valid = true;
  return {
    update(bytes) {
      if (!valid) return false;
      const whole = carry.length === 0 ? bytes : Buffer.concat([carry, bytes]);
      const cut = whole.length - unfinishedBytes(whole);
      valid = isUtf8(whole.subarray(0, cut));
      carry = Uint8Array.from(whole.subarray(cut));
      return valid;
    },
    end: () => valid && carry.length === 0,
  };
}

/** How many bytes at the end begin a character whose other bytes are still to come. */
function unfinishedBytes(bytes: Uint8Array): number {
  const [third = 0, second = 0, last = 0] = [3, 2, 1].map((back) => bytes.at(-back));
  if (last >= 0xc0) return 1;
  if (second >= 0xe0) return 2;
  return third >= 0xf0 ? 3 : 0;
}
