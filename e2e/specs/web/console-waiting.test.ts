import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { findSeriousFaults } from "../../product/browser.ts";
import { type ConsoleVisits, startConsoleVisits } from "../../product/console-visits.ts";
import { CALLS, turnAway } from "../../product/turn-away.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* Pages that wait for the server, whose server is away, or that have nothing yet. */

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

let visits: ConsoleVisits<Product>;
before(async () => {
  visits = await startConsoleVisits(startProduct);
});
after(() => visits?.stop());
afterEach(() => visits.leave());

/** What axe calls serious on each page at both widths; pages without a fault are not told of. */
async function findFaults(
  page: Page,
  paths: readonly string[],
  settle: () => Promise<void>,
): Promise<Record<string, string[]>> {
  const found: [string, string[]][] = [];
  for (const path of paths) {
    await page.setViewportSize(WIDE);
    await visits.go(page, path);
    await settle();
    found.push([`${path} wide`, await findSeriousFaults(page)]);
    await page.setViewportSize(NARROW);
    await settleFrames(page);
    found.push([`${path} narrow`, await findSeriousFaults(page)]);
  }
  return Object.fromEntries(found.filter(([, faults]) => faults.length > 0));
}

/** Until what follows a change of the window has been drawn. */
const settleFrames = (page: Page) =>
  page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))",
  );

test("a page that waits shuts nobody out, wide or narrow: axe finds nothing serious", async () => {
  const page = await visits.enter("owner");
  await turnAway(page, "held");
  // A form, lists, a board and a table; `look-at-pages.ts` asks the same of all others.
  const paths = ["/ajustes", "/?view=open", "/supervision", "/operador?ver=precios"];
  const faults = await findFaults(page, paths, async () => {
    await page.locator("#main > *").first().waitFor();
    await settleFrames(page);
  });
  assert.deepEqual(faults, {});
});

test("a page whose server is away, and one that has nothing yet, shut nobody out either", async () => {
  const page = await visits.enter("owner");
  const empty = await findFaults(page, ["/organizar"], async () => {
    await page.locator("#main h1, #main h2").first().waitFor();
    await page.locator("[aria-busy='true']").waitFor({ state: "detached" });
    await settleFrames(page);
  });
  assert.deepEqual(empty, {});
  await turnAway(page, "away");
  const away = await findFaults(page, ["/ajustes"], async () => {
    await page.locator("[role='alert']").filter({ visible: true }).first().waitFor();
    await settleFrames(page);
  });
  assert.deepEqual(away, {});
});

const isStop = (page: Page) => page.locator("#main").evaluate((main) => main.tabIndex === 0);
const scrolled = (page: Page) => page.locator("#main").evaluate((main) => main.scrollTop > 0);

test("a page that waits is scrolled by keys alone; once its fields are there they are the stops and the page is none", async () => {
  const page = await visits.enter("owner", NARROW);
  await turnAway(page, "held");
  await visits.go(page, "/ajustes");
  await page.locator("[aria-busy='true']").first().waitFor();
  await waitUntil("the page to be a stop", () => isStop(page));
  await page.locator("a[href='#main']").focus();
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate("document.activeElement.id === 'main'")) break;
  }
  await page.keyboard.press("PageDown");
  await waitUntil("the page to scroll", () => scrolled(page));

  await page.unroute(CALLS);
  await page.reload();
  await page.locator("#main input").first().waitFor();
  await waitUntil("the page to be no stop", async () => !(await isStop(page)));
});
