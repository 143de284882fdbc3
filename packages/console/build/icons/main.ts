/**
 * `node packages/console/build/icons/main.ts`: draws the icons of the installed app into `public/icons`. The mark is drawn by
 * numbers, with no picture library: it is made of a square, a note, its folded corner and two lines.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";

type Colour = readonly [number, number, number];
type Point = readonly [number, number];
const INK: Colour = [0x16, 0x32, 0x4f];
const MANGO: Colour = [0xff, 0xb6, 0x38];
const FOLD: Colour = [0xc6, 0x7c, 0x06];
/** Of the mark's own square, as in `recado.svg`. */
const SIDE = 32;
const SAMPLES = 4;

const NOTE: Point[] = [
  ...arc({ x: 10.6, y: 10.6, r: 2.6, from: 180, to: 270 }),
  ...arc({ x: 21.4, y: 10.6, r: 2.6, from: 270, to: 360 }),
  [24, 17.8],
  [18.8, 23],
  [13, 23],
  [8.8, 25.7],
  [8, 25.25],
];
const CORNER: Point[] = [
  [24, 17.8],
  [20.8, 17.8],
  ...arc({ x: 20.8, y: 19.8, r: 2, from: 270, to: 180 }),
  [18.8, 23],
];
const STROKES: [Point, Point][] = [
  [
    [12, 12.8],
    [20, 12.8],
  ],
  [
    [12, 16.6],
    [16.6, 16.6],
  ],
];
const STROKE_HALF = 0.95;

const folder = join(import.meta.dirname, "..", "..", "public", "icons");
mkdirSync(folder, { recursive: true });
const wanted = [
  { name: "icon-192.png", pixels: 192, radius: 8, scale: 1 },
  { name: "icon-512.png", pixels: 512, radius: 8, scale: 1 },
  // Telephones cut these as they like: ground to the edge, the mark within the middle.
  { name: "maskable-512.png", pixels: 512, radius: 0, scale: 0.72 },
  { name: "touch-180.png", pixels: 180, radius: 0, scale: 0.86 },
];
for (const icon of wanted) writeFileSync(join(folder, icon.name), drawIcon(icon));

function drawIcon({
  pixels,
  radius,
  scale,
}: {
  pixels: number;
  radius: number;
  scale: number;
}): Buffer {
  const rows = Buffer.alloc(pixels * (pixels * 4 + 1));
  for (let y = 0; y < pixels; y += 1) {
    for (let x = 0; x < pixels; x += 1) {
      const offset = y * (pixels * 4 + 1) + 1 + x * 4;
      rows.set(mixSamples({ x, y, pixels, radius, scale }), offset);
    }
  }
  return packPng(rows, pixels);
}

function mixSamples(at: {
  x: number;
  y: number;
  pixels: number;
  radius: number;
  scale: number;
}): number[] {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < SAMPLES * SAMPLES; i += 1) {
    const x = ((at.x + ((i % SAMPLES) + 0.5) / SAMPLES) / at.pixels) * SIDE;
    const y = ((at.y + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) / at.pixels) * SIDE;
    const colour = colourAt([x, y], at);
    if (colour === null) continue;
    colour.forEach((value, channel) => {
      sum[channel] = (sum[channel] ?? 0) + value;
    });
    sum[3] = (sum[3] ?? 0) + 1;
  }
  const [r = 0, g = 0, b = 0, covered = 0] = sum;
  if (covered === 0) return [0, 0, 0, 0];
  return [r / covered, g / covered, b / covered, (covered / (SAMPLES * SAMPLES)) * 255].map(
    Math.round,
  );
}

function colourAt(
  [x, y]: Point,
  { radius, scale }: { radius: number; scale: number },
): Colour | null {
  const dx = Math.max(radius - x, x - (SIDE - radius), 0);
  const dy = Math.max(radius - y, y - (SIDE - radius), 0);
  if (Math.hypot(dx, dy) > radius) return null;
  const middle = SIDE / 2;
  const inner: Point = [(x - middle) / scale + middle, (y - middle) / scale + middle];
  if (STROKES.some(([from, to]) => distance(inner, from, to) <= STROKE_HALF)) return INK;
  if (holds(CORNER, inner)) return FOLD;
  return holds(NOTE, inner) ? MANGO : INK;
}

function arc(of: { x: number; y: number; r: number; from: number; to: number }): Point[] {
  const steps = 24;
  return Array.from({ length: steps + 1 }, (_, i): Point => {
    const angle = ((of.from + ((of.to - of.from) * i) / steps) * Math.PI) / 180;
    return [of.x + of.r * Math.cos(angle), of.y + of.r * Math.sin(angle)];
  });
}

function holds(shape: Point[], [x, y]: Point): boolean {
  return shape.reduce((inside, [x1, y1], i) => {
    const [x2, y2] = shape[(i + 1) % shape.length] ?? [x1, y1];
    const crosses = y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1;
    return crosses ? !inside : inside;
  }, false);
}

function distance([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x1 - t * (x2 - x1), y - y1 - t * (y2 - y1));
}

/** PNG, 8 bits, colour and transparency (PNG specification, sections 5 and 11). */
function packPng(rows: Buffer, pixels: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(pixels, 0);
  head.writeUInt32BE(pixels, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    packChunk("IHDR", head),
    packChunk("IDAT", deflateSync(rows, { level: 9 })),
    packChunk("IEND", Buffer.alloc(0)),
  ]);
}

function packChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}
