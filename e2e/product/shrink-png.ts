import { inflateSync } from "node:zlib";
import { makePng } from "./sample-files.ts";

/**
 * The same picture in fewer bytes: a browser encodes for speed. Takes pictures of eight bits in red, green and blue, with or
 * without an alpha channel, which is left out; refuses others. Each channel keeps its upper seven bits: the eye sees no
 * difference, and the noise of soft shadows is what costs most.
 */
export function shrinkPng(png: Buffer): Buffer {
  const { width, height, channels, data } = readPng(png);
  const stride = width * channels;
  const rows = unfilter(inflateSync(data), { stride, height, channels });
  return makePng(width, height, (x, y) => {
    const at = y * stride + x * channels;
    return [coarse(rows[at]), coarse(rows[at + 1]), coarse(rows[at + 2])];
  });
}

function coarse(value = 0): number {
  return value >= 254 ? 255 : value & 0xfe;
}

function readPng(png: Buffer) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const [depth, type, , , interlace] = png.subarray(24, 29);
  const channels = type === 2 ? 3 : type === 6 ? 4 : 0;
  if (depth !== 8 || interlace !== 0 || channels === 0) throw new Error("a PNG of another kind");
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const isData = png.toString("latin1", at + 4, at + 8) === "IDAT";
    if (isData) parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return { width, height, channels, data: Buffer.concat(parts) };
}

/** PNG specification (third edition), §9: filtering. */
function unfilter(
  raw: Buffer,
  { stride, height, channels }: { stride: number; height: number; channels: number },
): Buffer {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let i = 0; i < stride; i += 1) {
      const left = i >= channels ? (out[y * stride + i - channels] ?? 0) : 0;
      const up = y > 0 ? (out[(y - 1) * stride + i] ?? 0) : 0;
      const corner = y > 0 && i >= channels ? (out[(y - 1) * stride + i - channels] ?? 0) : 0;
      const guesses = [0, left, up, (left + up) >> 1, paeth(left, up, corner)];
      out[y * stride + i] = ((raw[y * (stride + 1) + 1 + i] ?? 0) + (guesses[filter] ?? 0)) & 255;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [left, up, corner].map((value) => Math.abs(guess - value));
  if ((byLeft ?? 0) <= (byUp ?? 0) && (byLeft ?? 0) <= (byCorner ?? 0)) return left;
  return (byUp ?? 0) <= (byCorner ?? 0) ? up : corner;
}
