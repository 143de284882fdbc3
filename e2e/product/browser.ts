import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { waitUntil } from "./wait-until.ts";

/** The Chromium of this machine; `CHROMIUM_PATH` says where it is. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Keeps every address that the page asks for, those of its frames and workers included. */
export function recordRequests(page: Page): string[] {
  const urls: string[] = [];
  page.context().on("request", (request) => urls.push(request.url()));
  return urls;
}

interface AxeResult {
  violations: { id: string; impact: string; help: string; nodes: { target: string[] }[] }[];
}

/** The rules that look at colours. All others see the same page in the dark. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
const BACKGROUND = "getComputedStyle(document.body).backgroundColor";

/** What axe-core finds on the page as it stands and calls serious or critical, one line each. */
export async function findSeriousFaults(page: Page): Promise<string[]> {
  await prepareAxe(page);
  return runAxe(page, {});
}

/**
 * As {@link findSeriousFaults}, of a page that is light, and then the rules of colours once more after its reader has chosen the
 * dark. Throws if it does not turn dark. It is light again afterwards.
 */
export async function findFaultsInBothColours(page: Page): Promise<string[]> {
  const light = await findSeriousFaults(page);
  const before = await page.evaluate(BACKGROUND);
  const isAsBefore = async () => (await page.evaluate(BACKGROUND)) === before;
  await page.evaluate(STAND_STILL);
  await page.emulateMedia({ colorScheme: "dark" });
  await waitUntil("the page to turn dark", async () => !(await isAsBefore()));
  await settleAnimations(page);
  const dark = await runAxe(page, { runOnly: COLOUR_RULES });
  await page.emulateMedia({ colorScheme: "light" });
  await waitUntil("the page to be light again", isAsBefore);
  await page.evaluate(MOVE_AGAIN);
  return [...light, ...dark.map((line) => `dark: ${line}`)];
}

/** Colours that fade go from parent to child a frame at a time; as a sheet that is adopted, the page's policy lets it in. */
const STAND_STILL = `{
  const still = new CSSStyleSheet();
  still.replaceSync("*, *::before, *::after { transition: none !important; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
}`;
const MOVE_AGAIN = "document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1), 0";

async function prepareAxe(page: Page): Promise<void> {
  const path = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.evaluate(`${readFileSync(path, "utf8")}; undefined`);
  await settleAnimations(page);
}

/** What is fading in has not its colours yet; what moves for ever has. */
async function settleAnimations(page: Page): Promise<void> {
  await page.evaluate(`Promise.all(document.getAnimations()
    .filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime))
    .map((each) => each.finished.catch(() => undefined)))`);
}

async function runAxe(page: Page, options: { runOnly?: string[] }): Promise<string[]> {
  const wanted = JSON.stringify({ resultTypes: ["violations"], ...options });
  const { violations } = (await page.evaluate(`axe.run(${wanted})`)) as AxeResult;
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target).join("; ")})`,
    );
}
