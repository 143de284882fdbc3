import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { say, sayTable } from "./parts/figures.ts";

/*
 * node bench/profile-summary.ts <folder of .cpuprofile files> [how many]
 *
 * Where a process spent its time: functions by the time in themselves, and modules by the time in all their functions.
 */

interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number };
}

interface Profile {
  nodes: ProfileNode[];
  samples: number[];
  timeDeltas: number[];
}

const IDLE = new Set(["(idle)", "(root)"]);
const [folder = ".", count = "30"] = process.argv.slice(2);

for (const name of readdirSync(folder).filter((each) => each.endsWith(".cpuprofile"))) {
  const profile: Profile = JSON.parse(readFileSync(join(folder, name), "utf8"));
  summarise(name, profile);
}

function summarise(name: string, profile: Profile): void {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const functions = new Map<string, number>();
  const modules = new Map<string, number>();
  let busyMicros = 0;
  profile.samples.forEach((id, at) => {
    const frame = nodes.get(id)?.callFrame;
    const micros = profile.timeDeltas[at] ?? 0;
    if (frame === undefined || IDLE.has(frame.functionName)) return;
    busyMicros += micros;
    const file = shorten(frame.url);
    add(
      functions,
      `${frame.functionName || "(anonymous)"} ${file}:${frame.lineNumber + 1}`,
      micros,
    );
    add(modules, file === "" ? frame.functionName : moduleOf(file), micros);
  });
  say(`${name}: busy ${(busyMicros / 1e6).toFixed(1)} s`);
  for (const totals of [modules, functions]) {
    const top = [...totals].sort(([, a], [, b]) => b - a).slice(0, Number(count));
    sayTable([
      ["% of busy", "ms", ""],
      ...top.map(([key, micros]) => [
        ((micros * 100) / busyMicros).toFixed(1),
        (micros / 1000).toFixed(0),
        key,
      ]),
    ]);
    say();
  }
}

function shorten(url: string): string {
  return url.replace(/^file:\/\//u, "").replace(/^.*\/(node_modules|packages)\//u, "$1/");
}

function moduleOf(file: string): string {
  return /^node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(file)?.[0] ?? file;
}

function add(totals: Map<string, number>, key: string, micros: number): void {
  totals.set(key, (totals.get(key) ?? 0) + micros);
}
