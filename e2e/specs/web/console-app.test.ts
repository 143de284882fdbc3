import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { FIRST_PAGE_BYTES_MAX, listFirstPage } from "../../../packages/console/build/first-page.ts";
import { launchBrowser } from "../../product/browser.ts";
import { signInAs } from "../../product/console-page.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* The console as an application of a browser: what it weighs, what it fetches later, how its tabs share, how it is installed. */

const WAIT_MS = 20_000;
const dist = join(import.meta.dirname, "../../../packages/console/dist");

let product: Product;
let browser: Browser;

before(async () => {
  product = await startProduct();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await product?.stop();
});

const person = (login: string) => ({ login, password: product.demo.console.password });

async function openPage(at = "/"): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "es-CO",
    // What it has fetched for itself cannot be held back by a test.
    serviceWorkers: "block",
  });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  await page.goto(product.demo.baseUrl + at);
  return page;
}

const isFocused = (place: Locator) =>
  place.evaluate((element) => element === element.ownerDocument.activeElement);
const USABLE = "performance.getEntriesByName('recado-usable').length > 0";
/** The scripts that were asked for before the page said that it can be used. */
const SCRIPTS = `performance.getEntriesByType("resource")
  .filter(({ name, startTime }) => new URL(name).pathname.endsWith(".js")
    && startTime <= performance.getEntriesByName("recado-usable")[0].startTime)
  .map(({ name }) => new URL(name).pathname)`;

test("from the sign-in to an inbox that can be used a browser fetches less than 250 KB of JavaScript, by gzip", async (t) => {
  const page = await openPage();
  await signInAs(page, person("demo-supervisor"));
  await waitUntil("the page to be usable", () => page.evaluate(USABLE).then(Boolean));
  await page.getByTestId("conversation-list").waitFor();
  const fetched = new Set((await page.evaluate(SCRIPTS)) as string[]);
  const listed = listFirstPage(dist);
  const sum = listed.reduce((total, { bytes }) => total + bytes, 0);
  t.diagnostic(`${Math.round(sum / 1000)} KB in ${fetched.size} files`);
  assert.ok(sum < FIRST_PAGE_BYTES_MAX, `${sum} bytes`);
  const paths = listed.map(({ path }) => path);
  assert.deepEqual(
    [...fetched].sort(),
    paths.sort(),
    "a browser fetches what the build's test counts",
  );
  await page.context().close();
});

test("what is fetched later is there when it is wanted: a menu opens before its code has come, the focus stays, hints are shown", async () => {
  const mobile = "573129990001";
  await product.simulator.inbound({
    from: mobile,
    to: product.demo.officialNumber,
    text: "¿Abren hoy?",
  });
  const page = await openPage();
  let letThrough: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route(/\/assets\/(label-menu|hint-layer)-/u, async (route) => {
    await held;
    await route.continue();
  });
  await signInAs(page, person("demo-supervisor"));
  await page.getByTestId("inbox").waitFor();
  await page.goto(`${product.demo.baseUrl}/?view=queue`);
  await page
    .getByTestId("conversation-row")
    .filter({ hasText: "¿Abren hoy?" })
    .getByRole("button")
    .first()
    .click();
  const button = page.getByRole("button", { name: "Etiquetas", exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.getByRole("menu").count(), 0);
  letThrough();
  await waitUntil("the menu to have the focus", () => isFocused(page.getByRole("menu")));
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
  await waitUntil("the focus to be back", () => isFocused(button));
  await page.getByRole("button", { name: "Asignar o transferir" }).hover();
  await page.getByRole("tooltip", { name: "Asignar o transferir" }).waitFor();
  await page.mouse.move(700, 450);
  await page.getByRole("tooltip").waitFor({ state: "detached" });
  await page.context().close();
});
