import { createHash } from "node:crypto";

/**
 * An id made of a moment and of what something is, in the form of a UUIDv7: the same thing told again collides
 * with itself, in whatever month it comes.
 */
export function makeDatedId(at: Date, seed: string): string {
  const digest = createHash("sha256").update(seed).digest();
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.max(0, at.getTime()), 0, 6);
  digest.copy(bytes, 6, 0, 10);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => hex.slice(from, to))
    .join("-");
}
