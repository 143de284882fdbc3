import { join } from "node:path";
import type { Demo } from "@recado/contract/demo";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { findSeriousFaults, recordRequests } from "../product/browser.ts";
import { turnAway } from "../product/turn-away.ts";
import { BUSINESS_PLACES } from "./business-places.ts";
import { DOOR_PLACES, SHELL_PLACES, STATE_PLACES } from "./console-places.ts";
import { OTHER_PLACES } from "./elsewhere-places.ts";
import { INBOX_PLACES } from "./inbox-places.ts";
import { inspectPage } from "./inspect-page.ts";
import { INTEGRATOR_PLACES } from "./integrator-places.ts";
import { SECOND_PASSWORD } from "./make-business.ts";
import { OPERATOR_PLACES } from "./operator-places.ts";
import type { Onlooker, Place, Visit } from "./place.ts";
import type { Day } from "./play-day.ts";
import { type Language, loadPageWords, type PageWords } from "./words.ts";

/** Where the pictures are taken and kept. */
export interface Look {
  browser: Browser;
  demo: Demo;
  day: Day;
  folder: string;
  /** `wide`, `narrow`, `es`, `en`: only those are looked at. Default: all. */
  only?: readonly string[];
}

/** What was found, by picture. */
export type Findings = Record<string, string[]>;

const ALL = [
  ...[...DOOR_PLACES, ...SHELL_PLACES, ...INBOX_PLACES, ...INTEGRATOR_PLACES],
  ...[...BUSINESS_PLACES, ...OPERATOR_PLACES, ...STATE_PLACES, ...OTHER_PLACES],
];
const WIDTHS = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };
/** Of a page that is taken whole. */
const HEIGHT_MAX_PX = 3_000;
const SETTLE_MS = 350;
/** Before something is given up; a machine that has much else to do takes long. */
const WAIT_MS = 20_000;

/** Places whose name has one of the parts in it; without parts all. */
export function findPlaces(parts: readonly string[]): Place[] {
  return ALL.filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)));
}

/** Takes each place in every language, theme and width. What cannot be opened is a finding too. */
export async function lookAtPlaces(look: Look, places: readonly Place[]): Promise<Findings> {
  const words = await loadPageWords();
  const findings: Findings = {};
  const doors = new Map<Onlooker, Cookies>();
  const isWanted = (one: string, other: string) =>
    look.only === undefined || look.only.includes(one) || !look.only.includes(other);
  for (const width of ["wide", "narrow"] as const) {
    if (!isWanted(width, width === "wide" ? "narrow" : "wide")) continue;
    for (const language of ["es", "en"] as const) {
      if (!isWanted(language, language === "es" ? "en" : "es")) continue;
      const here = places.filter(({ only }) => only === undefined || only === width);
      await lookOnce({ ...look, words, width, language, doors, findings }, here);
    }
  }
  return findings;
}

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

interface Round extends Look {
  words: PageWords;
  width: keyof typeof WIDTHS;
  language: Language;
  doors: Map<Onlooker, Cookies>;
  findings: Findings;
}

async function lookOnce(round: Round, places: readonly Place[]): Promise<void> {
  const contexts = new Map<string, BrowserContext>();
  for (const place of places) {
    const { who = "owner", laterHours, isAlone } = place;
    // Hours pass for a whole browser.
    const key = laterHours === undefined && isAlone !== true ? who : place.name;
    const context = contexts.get(key) ?? (await openContext(round, who));
    contexts.set(key, context);
    await lookAt(round, context, place);
  }
  for (const context of contexts.values()) await context.close();
}

async function openContext(round: Round, who: Onlooker): Promise<BrowserContext> {
  const { browser, width, language } = round;
  const context = await browser.newContext({
    viewport: WIDTHS[width],
    locale: language === "es" ? "es-CO" : "en-US",
    timezoneId: "America/Bogota",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(WAIT_MS);
  if (who === "nobody") return context;
  const known = round.doors.get(who);
  if (known) await context.addCookies(known);
  else await signIn(round, context, who);
  return context;
}

const LOGINS = { owner: "demo", "read-only": "demo-lectora", empty: "nube", reseller: "valle" };

async function signIn(round: Round, context: BrowserContext, who: Exclude<Onlooker, "nobody">) {
  const { demo, doors } = round;
  const login = LOGINS[who];
  const known = demo.people.find((person) => person.login === login);
  const data = { login, password: known?.password ?? SECOND_PASSWORD };
  const headers = { "x-recado-console": "1", origin: demo.baseUrl };
  const url = `${demo.baseUrl}/console/api/sign-in`;
  const answer = await context.request.post(url, { data, headers });
  if (!answer.ok()) throw new Error(`${login} was not let in: ${await answer.text()}`);
  doors.set(who, await context.cookies());
}

async function lookAt(round: Round, context: BrowserContext, place: Place): Promise<void> {
  const { demo, day, width, language, words, findings } = round;
  const page = await context.newPage();
  const name = (theme: string) => `${place.name}.${width}.${language}.${theme}`;
  const found: string[] = [];
  const requests = recordRequests(page);
  page.on("pageerror", (error) => found.push(`fault: ${error.message}`));
  page.on("console", (message) => {
    // What a place itself turns away is no fault of the page.
    const isKnown = /status of 4\d\d|ERR_FAILED|^ApiProblem/u.test(message.text());
    if (message.type() === "error" && !isKnown) found.push(`console: ${message.text()}`);
  });
  try {
    if (place.server !== undefined) await turnAway(page, place.server);
    if (place.laterHours !== undefined) {
      await page.clock.setFixedTime(Date.now() + place.laterHours * 3_600_000);
    }
    const path = typeof place.path === "string" ? place.path : place.path(day, demo);
    await page.goto(new URL(path, demo.consoleUrl).href);
    await settle(page, place);
    const word = (spanish: string) => words.say(spanish, language);
    const visit: Visit = {
      page,
      day,
      demo,
      word,
      isNarrow: width === "narrow",
      press: (spanish) => press(page, word(spanish)),
    };
    await place.open?.(visit);
    await settle(page, place);
    const { overflow, foreign, cut } = await inspectPage(page, { language, words });
    found.push(...overflow.map((each) => `wider: ${each}`));
    if (place.isBilingual !== true) found.push(...foreign.map((each) => `language: ${each}`));
    found.push(...cut.map((each) => `cut: ${each}`));
    await takeBothThemes(round, page, { place, name, found });
  } catch (error) {
    found.push(`not opened: ${error instanceof Error ? error.message.slice(0, 300) : error}`);
    await page
      .screenshot({ path: join(round.folder, `${name("failed")}.png`) })
      .catch(() => undefined);
  }
  const own = [demo.baseUrl, demo.simulatorUrl, "data:", "blob:"];
  found.push(
    ...requests
      .filter((url) => !own.some((each) => url.startsWith(each)))
      .map((url) => `left the machine: ${url}`),
  );
  if (found.length > 0) findings[`${place.name}.${width}.${language}`] = [...new Set(found)];
  await page.close();
}

interface Shot {
  place: Place;
  name: (theme: string) => string;
  found: string[];
}

async function takeBothThemes(
  round: Round,
  page: Page,
  { place, name, found }: Shot,
): Promise<void> {
  const { width, language, folder } = round;
  if (place.isWindow !== true) await grow(page, WIDTHS[width]);
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForTimeout(SETTLE_MS);
    await page.evaluate(STILL);
    await page.screenshot({ path: join(folder, `${name(theme)}.png`) });
    // What axe sees is in both languages the same, and a theme's colours in both widths.
    if (language === "es" && (width === "wide" || theme === "light")) {
      found.push(...(await findSeriousFaults(page)).map((fault) => `axe ${theme}: ${fault}`));
    }
  }
}

/** Until colours have changed; what moves for ever is not waited for. */
const STILL = `Promise.all(document.getAnimations()
  .filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime))
  .map((each) => each.finished.catch(() => undefined))).then(() => undefined)`;

async function press(page: Page, name: string): Promise<void> {
  const main = page.locator("#main").getByRole("button", { name, exact: true });
  await main.filter({ visible: true }).first().click();
}

/** Until the page stands, nothing is awaited any more and nothing moves. */
async function settle(page: Page, { server }: Place): Promise<void> {
  await page.locator("h1, h2, #main, main").first().waitFor({ state: "attached" });
  if (server === undefined) {
    const busy = page.locator("[aria-busy='true']:not(button)").first();
    await busy.waitFor({ state: "detached", timeout: 4_000 }).catch(() => undefined);
  }
  if (server === "away") {
    // What has failed is asked for a few times more before it is said.
    const said = page.locator("[role='alert']").filter({ visible: true }).first();
    await said.waitFor({ timeout: WAIT_MS }).catch(() => undefined);
  }
  await page.waitForTimeout(SETTLE_MS);
}

/** Makes the window as high as what is in it. */
async function grow(
  page: Page,
  { width, height }: { width: number; height: number },
): Promise<void> {
  const over = Number(
    await page.evaluate(`(() => {
      const main = document.querySelector("#main");
      const own = document.documentElement.scrollHeight - innerHeight;
      return Math.max(own, main === null ? 0 : main.scrollHeight - main.clientHeight);
    })()`),
  );
  if (over > 0)
    await page.setViewportSize({ width, height: Math.min(height + over, HEIGHT_MAX_PX) });
}
