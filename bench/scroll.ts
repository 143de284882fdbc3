import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { launchBrowser } from "../e2e/product/browser.ts";
import { quantile, sayMachine, sayTable } from "./parts/figures.ts";
import * as programs from "./parts/programs.ts";
import { storeInbox } from "./parts/stored-inbox.ts";

/*
 * node bench/scroll.ts [--conversations 100000] [--seconds 6] [--rounds 2] [--events 10]
 *
 * The list of a full inbox is scrolled by the wheel in a real Chromium at 1440 px, while notes are written that change its rows.
 * Beside it, in turns, a plain page with as many plain rows, left to CSS alone (`content-visibility`): the floor of what this
 * machine can draw. Measured: the time between two frames, and the longest piece of work that kept a frame waiting. Goal: 60
 * frames a second, where the machine draws the floor so.
 */

const WHEEL_PX = 220;
const WHEEL_EVERY_MS = 16;
const FRAME_MS = 1_000 / 60;
/** A gap of a frame and a half: one was missed. */
const LATE_MS = FRAME_MS * 1.5;

/** Runs in the page. */
const COUNT_FRAMES = `
  globalThis.countedFrames = (() => {
    const gapsMs = [];
    let longestTaskMs = 0;
    let last = performance.now();
    let isOver = false;
    const watch = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
    });
    watch.observe({ type: "longtask" });
    const step = (now) => {
      gapsMs.push(now - last);
      last = now;
      if (!isOver) requestAnimationFrame(step);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(step);
    });
    return {
      end() {
        isOver = true;
        watch.disconnect();
        return { gapsMs, longestTaskMs };
      },
    };
  })();
  undefined`;

const { values: options } = parseArgs({
  options: {
    conversations: { type: "string", default: "100000" },
    seconds: { type: "string", default: "6" },
    rounds: { type: "string", default: "2" },
    events: { type: "string", default: "10" },
  },
});

type Browser = Awaited<ReturnType<typeof launchBrowser>>;
type Context = Awaited<ReturnType<Browser["newContext"]>>;
type Page = Awaited<ReturnType<Context["newPage"]>>;

/** More of them than this keep a browser busy before anything is scrolled. */
const PLAIN_ROWS_MAX = 5_000;

/** What one scroll was like. */
interface Scroll {
  gapsMs: number[];
  longestTaskMs: number;
  rowsPassed: number;
}

await main();

async function main(): Promise<void> {
  const place = await programs.makePlace();
  const simulator = programs.startSimulator(place);
  const server = await programs.startServer(place, ["demo"]);
  const browser = await launchBrowser();
  try {
    sayMachine();
    await storeInbox(place, { conversations: Number(options.conversations), messagesEach: 2 });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await signIn(place, context);
    const scrolls: Record<"floor" | "inbox", Scroll[]> = { floor: [], inbox: [] };
    for (let round = 0; round < Number(options.rounds); round += 1) {
      scrolls.floor.push(await scrollFloor(context));
      scrolls.inbox.push(await scrollInbox(place, context));
    }
    report(scrolls);
    sayMachine();
  } finally {
    await browser.close();
    await server.stop();
    await simulator.stop();
    programs.removePlace(place);
  }
}

function report(scrolls: Record<"floor" | "inbox", Scroll[]>): void {
  const floor = summarize(scrolls.floor);
  const inbox = summarize(scrolls.inbox);
  const row = (name: string, { p50, p95, p99, late, longest, frames, rows }: Summary) => [
    ...[name, frames, rows, p50.toFixed(1), p95.toFixed(1), p99.toFixed(1)],
    ...[`${(100 * late).toFixed(1)} %`, longest.toFixed(0)],
  ];
  const ratio = (key: "p50" | "p95" | "p99" | "longest") => (inbox[key] / floor[key]).toFixed(2);
  sayTable([
    ["", "frames", "rows", "p50 ms", "p95 ms", "p99 ms", "late", "longest task ms"],
    row("plain rows", floor),
    row("inbox", inbox),
    ["ratio", "", "", ratio("p50"), ratio("p95"), ratio("p99"), "", ratio("longest")],
  ]);
}

type Summary = ReturnType<typeof summarize>;

function summarize(scrolls: readonly Scroll[]) {
  const gaps = scrolls.flatMap(({ gapsMs }) => gapsMs);
  return {
    frames: gaps.length,
    rows: scrolls.reduce((sum, { rowsPassed }) => sum + rowsPassed, 0),
    p50: quantile(gaps, 0.5),
    p95: quantile(gaps, 0.95),
    p99: quantile(gaps, 0.99),
    late: gaps.filter((gap) => gap > LATE_MS).length / gaps.length,
    longest: Math.max(...scrolls.map(({ longestTaskMs }) => longestTaskMs)),
  };
}

async function scrollInbox(place: programs.Place, context: Context): Promise<Scroll> {
  const page = await context.newPage();
  await page.goto(`${address(place)}/?view=open`);
  await page.getByTestId("conversation-row").nth(5).waitFor();
  // What is fetched ahead is over by then.
  await delay(3_000);
  const ids = await page
    .getByTestId("conversation-row")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-id") ?? ""));
  const writing = new AbortController();
  const written = writeNotes(place, context, { ids, signal: writing.signal });
  const scroll = await measure(page, '[data-testid="conversation-list"]');
  writing.abort();
  await written;
  await page.close();
  return scroll;
}

async function scrollFloor(context: Context): Promise<Scroll> {
  const page = await context.newPage();
  await page.setContent(`<!doctype html><style>
    body { margin: 0; font: 14px sans-serif }
    #frame { height: 900px; width: 360px; overflow-y: auto }
    li { height: 80px; content-visibility: auto; contain-intrinsic-size: 360px 80px; list-style: none }
  </style><ul id="frame"></ul>`);
  await page.evaluate(`document.getElementById("frame").innerHTML = Array.from(
    { length: ${Math.min(Number(options.conversations), PLAIN_ROWS_MAX)} },
    (_, index) => "<li>Persona " + index + "<br>Las últimas palabras que dijo</li>").join("")`);
  await delay(1_000);
  const scroll = await measure(page, "#frame");
  await page.close();
  return scroll;
}

/** Turns the wheel over an element for some seconds, while the page counts its frames. */
async function measure(page: Page, selector: string): Promise<Scroll> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`there is no ${selector} to scroll`);
  await page.mouse.move(box.x + 150, box.y + 300);
  await page.evaluate(COUNT_FRAMES);
  const end = performance.now() + Number(options.seconds) * 1_000;
  while (performance.now() < end) {
    await page.mouse.wheel(0, WHEEL_PX);
    await delay(WHEEL_EVERY_MS);
  }
  const counted = (await page.evaluate("countedFrames.end()")) as Omit<Scroll, "rowsPassed">;
  const top = Number(await page.locator(selector).evaluate((element) => element.scrollTop));
  if (counted.gapsMs.length < 10 || top < 1_000) throw new Error("nothing was scrolled");
  return { ...counted, rowsPassed: Math.round(top / 80) };
}

async function writeNotes(
  place: programs.Place,
  context: Context,
  { ids, signal }: { ids: readonly string[]; signal: AbortSignal },
): Promise<void> {
  for (let n = 0; !signal.aborted; n += 1) {
    const path = `/console/api/inbox/conversations/${ids[n % ids.length]}/notes`;
    const data = { text: `nota ${n}`, mentions: [] };
    const answer = await context.request.post(address(place) + path, { data, headers: own(place) });
    if (!answer.ok()) throw new Error(`a note was answered ${answer.status()}`);
    await delay(1_000 / Number(options.events));
  }
}

async function signIn(place: programs.Place, context: Context): Promise<void> {
  const { password } = programs.readDemo(place).console;
  const data = { login: "demo-supervisor", password };
  const path = `${address(place)}/console/api/sign-in`;
  const answer = await context.request.post(path, { data, headers: own(place) });
  if (!answer.ok()) throw new Error(`signing in was answered ${answer.status()}`);
}

function own(place: programs.Place): Record<string, string> {
  return { "x-recado-console": "1", origin: address(place) };
}

function address(place: programs.Place): string {
  return `http://127.0.0.1:${place.port}`;
}
