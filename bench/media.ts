import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Demo } from "@recado/contract/demo";
import { sayMachine, sayTable } from "./parts/figures.ts";
import { readStatusKb, resetPeak } from "./parts/process-stats.ts";
import * as programs from "./parts/programs.ts";
import { SEND_PATH } from "./parts/sends.ts";

/*
 * node bench/media.ts [--rounds 5] [--mb 20]
 *
 * By how much the server's memory grows while one large file goes from the caller to WhatsApp: by base64 in a form and
 * in JSON, as a file part, and by URL. Growth is the peak (VmHWM) less what the process had (VmRSS) before the first
 * large file. For each way the server starts anew and first carries a file of 1 MB, uncounted, so that the code is
 * there; "first" is the growth by one file, "worst" by that many one after the other.
 */

const MB = 1024 * 1024;
const SETTLE_MS = 1_500;
const ARRIVAL_MS_MAX = 30_000;

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    mb: { type: "string", default: "20" },
  },
});

/** A way to send a file: makes the request's body and headers. */
type Way = (mobile: string, file: Buffer) => RequestInit;

interface World {
  demo: Demo;
  place: programs.Place;
  mobiles: number;
}

await main();

async function main(): Promise<void> {
  const bytes = Number(options.mb) * MB;
  const files = { current: makePdf(bytes) };
  const host = createServer((_request, response) => {
    const headers = { "content-type": "application/pdf", "content-length": files.current.length };
    response.writeHead(200, headers).end(files.current);
  }).listen(0, "127.0.0.1");
  await once(host, "listening");
  const address = host.address();
  const hostName = `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const place = await programs.makePlace();
  place.env.PRIVATE_HOSTS_ALLOWED = hostName;
  try {
    const simulator = programs.startSimulator(place);
    const first = await programs.startServer(place, ["demo"], []);
    await first.stop();
    sayMachine();
    const world: World = { demo: programs.readDemo(place), place, mobiles: 0 };
    const rows = [];
    for (const [name, way, limitMb] of listWays(world.demo, hostName, bytes)) {
      const grown = await measure(world, { way, files, bytes });
      const [firstMb = Number.NaN] = grown;
      const worstMb = Math.max(...grown);
      const each = grown.map((one) => one.toFixed(1)).join(" ");
      rows.push([
        name,
        firstMb.toFixed(1),
        worstMb.toFixed(1),
        limitMb,
        verdict(worstMb, limitMb),
        each,
      ]);
    }
    sayTable([["way", "first MB", "worst MB", "goal MB", "reached", "each"], ...rows]);
    await simulator.stop();
    sayMachine();
  } finally {
    host.closeAllConnections();
    host.close();
    programs.removePlace(place);
  }
}

function listWays(demo: Demo, host: string, bytes: number): [string, Way, number][] {
  const base64Mb = (3 * bytes) / MB;
  const fields = (mobile: string) => fieldsOf(demo, mobile);
  return [
    [
      "base64 in a form",
      (mobile, file) => ({
        body: new URLSearchParams({ ...fields(mobile), media: file.toString("base64") }),
      }),
      base64Mb,
    ],
    [
      "base64 in JSON",
      (mobile, file) => ({
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...fields(mobile), media: file.toString("base64") }),
      }),
      base64Mb,
    ],
    ["file part", (mobile, file) => ({ body: formOf(fields(mobile), file) }), 8],
    [
      "URL",
      (mobile) => ({
        body: new URLSearchParams({ ...fields(mobile), media: `http://${host}/${mobile}.pdf` }),
      }),
      8,
    ],
  ];
}

function fieldsOf(demo: Demo, mobile: string): Record<string, string> {
  const template = demo.templates.find(
    (each) => each.status === "approved" && each.header === "document",
  );
  const variables = Array.from({ length: template?.variables ?? 0 }, (_, at) => `[valor ${at}]`);
  return {
    login: demo.login,
    token: demo.token,
    mobile,
    id_template: String(template?.id_template ?? ""),
    ...(variables.length > 0 ? { template_variables: variables.join(" ") } : {}),
  };
}

function formOf(fields: Record<string, string>, file: Buffer): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append(
    "media",
    new Blob([new Uint8Array(file)], { type: "application/pdf" }),
    "informe.pdf",
  );
  return form;
}

interface Trial {
  way: Way;
  /** What the address of the way by URL serves. */
  files: { current: Buffer };
  bytes: number;
}

/** By how many MB a server that just started has grown at most, after each file. */
async function measure(world: World, { way, files, bytes }: Trial): Promise<number[]> {
  const server = await programs.startServer(world.place, ["demo"], []);
  files.current = makePdf(MB);
  await sendOne(world, way, files.current);
  await delay(SETTLE_MS);
  const beforeKb = readStatusKb(server.pid, "VmRSS");
  resetPeak(server.pid);
  const grown: number[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    // Another file each time: a number that has uploaded one already does not upload it again.
    files.current = makePdf(bytes);
    await sendOne(world, way, files.current);
    grown.push((readStatusKb(server.pid, "VmHWM") - beforeKb) / 1024);
  }
  await server.stop();
  return grown;
}

/** Sends one file and resolves when the telephone has it. */
async function sendOne(world: World, way: Way, file: Buffer): Promise<void> {
  world.mobiles += 1;
  const mobile = `5732${String(world.mobiles).padStart(8, "0")}`;
  const answer = await fetch(`http://127.0.0.1:${world.place.port}${SEND_PATH}`, {
    method: "POST",
    ...way(mobile, file),
  });
  const text = await answer.text();
  if (!/"code":\s?1\b/u.test(text)) throw new Error(`${answer.status} ${text}`);
  await waitForArrival(world, mobile);
}

async function waitForArrival({ place }: World, mobile: string): Promise<void> {
  const url = `http://127.0.0.1:${place.simulatorPort}/sim/messages?to=${mobile}`;
  const endsAt = performance.now() + ARRIVAL_MS_MAX;
  while (performance.now() < endsAt) {
    const messages = (await (await fetch(url)).json()) as unknown[];
    if (messages.length > 0) return;
    await delay(20);
  }
  throw new Error(`the message to ${mobile} did not arrive within ${ARRIVAL_MS_MAX} ms`);
}

function verdict(valueMb: number, limitMb: number): string {
  return valueMb < limitMb ? "yes" : "no";
}

function makePdf(bytes: number): Buffer {
  const file = randomBytes(bytes);
  file.write("%PDF-1.7\n", 0, "latin1");
  file.write("\n%%EOF\n", bytes - 7, "latin1");
  return file;
}
