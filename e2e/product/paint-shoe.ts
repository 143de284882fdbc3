import { makePng } from "./sample-files.ts";

type Colour = readonly [number, number, number];

const WIDTH = 640;
const HEIGHT = 360;
/** Four samples for each pixel make smooth edges. */
const OFFSETS = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
] as const;

/** A running shoe before a warm evening sky, drawn by formula so that the repository carries no photograph. */
export function paintShoe(): Buffer {
  return makePng(WIDTH, HEIGHT, (x, y) => {
    const samples = OFFSETS.map(([dx, dy]) => colourAt(x + dx, y + dy));
    return mean(samples);
  });
}

function colourAt(x: number, y: number): Colour {
  const shoe = colourOfShoe(x, y);
  if (shoe) return shoe;
  const shadow = Math.hypot((x - 325) / 235, (y - 287) / 17);
  const ground = y > 262;
  const sun = Math.hypot(x - 455, y - 118);
  // Rings of flat colour, as on a poster: they please, and a picture of few colours is small.
  const ring = Math.floor(Math.max(0, sun - 62) / 46);
  const lit: Colour = sun < 62 ? [255, 240, 205] : mix([255, 205, 130], [238, 100, 92], ring / 8);
  const base = ground ? ([104, 52, 86] as const) : lit;
  const hill = 236 + 16 * Math.sin(x / 83) + 9 * Math.sin(x / 31 + 1);
  const far = !ground && y > hill ? ([168, 76, 98] as const) : base;
  return shadow < 1 ? ([70, 34, 64] as const) : far;
}

function colourOfShoe(x: number, y: number): Colour | null {
  const u = (x - 110) / 430;
  if (u < 0 || u > 1) return null;
  const sole = 276 - 14 * Math.max(0, u - 0.86) * 7;
  const midsole = 246 + 6 * Math.cos(u * Math.PI * 2) - 26 * Math.max(0, u - 0.88) * 3;
  const top = upperEdge(u);
  if (y > midsole + 20 && y < sole + 6) return mix([44, 36, 66], [70, 52, 92], u);
  if (y >= midsole && y <= midsole + 21)
    return mix([255, 255, 255], [224, 226, 238], (y - midsole) / 21);
  if (y < top || y >= midsole) return null;
  const depth = (y - top) / Math.max(1, midsole - top);
  const body = mix([22, 184, 166], [9, 108, 122], depth);
  if (u < 0.07) return mix([255, 255, 255], [226, 232, 240], depth);
  if (u > 0.8 && depth > 0.35) return mix([14, 128, 132], [7, 88, 104], depth);
  const stripe = (u - 0.36) * 430 + (y - 246) * 0.62;
  if (
    u > 0.24 &&
    u < 0.62 &&
    stripe > -34 &&
    stripe % 30 > -17 &&
    stripe % 30 < 12 &&
    depth > 0.34 &&
    stripe < 46
  )
    return [255, 255, 255];
  const lace = (u - 0.47) * 430 - (y - top) * 0.9;
  if (u > 0.44 && u < 0.72 && depth < 0.3 && Math.abs((lace % 24) - 6) < 4) return [255, 246, 230];
  return body;
}

/** The upper's outline from heel to toe: collar, tongue, then the slope to the toe. */
function upperEdge(u: number): number {
  const points = [
    [0, 172],
    [0.05, 148],
    [0.14, 158],
    [0.26, 168],
    [0.36, 146],
    [0.42, 130],
    [0.5, 150],
    [0.64, 188],
    [0.78, 206],
    [0.9, 216],
    [0.97, 230],
    [1, 246],
  ] as const;
  const right = points.findIndex(([at]) => at >= u);
  const [toU, toY] = points[Math.max(1, right)] ?? [1, 246];
  const [fromU, fromY] = points[Math.max(0, right - 1)] ?? [0, 172];
  const part = (u - fromU) / Math.max(1e-9, toU - fromU);
  const smooth = part * part * (3 - 2 * part);
  return fromY + (toY - fromY) * smooth;
}

function mix(from: Colour, to: Colour, part: number): Colour {
  const share = Math.max(0, Math.min(1, part));
  const at = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return [at(0), at(1), at(2)];
}

function mean(colours: readonly Colour[]): Colour {
  const at = (index: 0 | 1 | 2) =>
    Math.round(colours.reduce((sum, colour) => sum + colour[index], 0) / colours.length);
  return [at(0), at(1), at(2)];
}
