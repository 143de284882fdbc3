import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Browser, Locator, Page } from "playwright-core";
import { launchBrowser } from "../../product/browser.ts";
import {
  type ConsoleWish,
  openConsole,
  signInAs,
  waitUntilUsable,
} from "../../product/console-page.ts";
import { startCuttingProxy } from "../../product/cutting-proxy.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* The console as an application of a browser: what it weighs, what it fetches later, how its tabs share, how it is installed. */

/** A worker that was killed is noticed late, and a whole load of the page may lie between. */
const LONG_WAIT_MS = 60_000;
const FIRST_PAGE_BYTES_MAX = 250_000;
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

/** What the console's worker has fetched for itself cannot be held back by a test. */
const open = async (wish: ConsoleWish = {}) =>
  (await openConsole(browser, product.demo, { withoutWorker: true, ...wish })).page;

const isFocused = (place: Locator) =>
  place.evaluate((element) => element === element.ownerDocument.activeElement);
/** The scripts that were asked for before the page said that it can be used. */
const SCRIPTS = `performance.getEntriesByType("resource")
  .filter(({ name, startTime }) => new URL(name).pathname.endsWith(".js")
    && startTime <= performance.getEntriesByName("recado-usable")[0].startTime)
  .map(({ name }) => new URL(name).pathname)`;

test("from the sign-in to an inbox that can be used a browser fetches less than 250 KB of JavaScript, by gzip", async (t) => {
  const page = await open();
  await signInAs(page, person("demo-supervisor"));
  await waitUntilUsable(page);
  await page.getByTestId("conversation-list").waitFor();
  const fetched = new Set((await page.evaluate(SCRIPTS)) as string[]);
  // Whether a page tells of the script of its worker is the browser's affair: it is fetched, and counted, in any case.
  for (const file of readdirSync(join(dist, "assets"))) {
    if (/^live-worker-[^/]+\.js$/u.test(file)) fetched.add(`/assets/${file}`);
  }
  const sizes = [...fetched].map((path) => ({
    path,
    bytes: gzipSync(readFileSync(join(dist, path)), { level: 9 }).length,
  }));
  const sum = sizes.reduce((total, { bytes }) => total + bytes, 0);
  t.diagnostic(`${Math.round(sum / 1000)} KB in ${fetched.size} files`);
  const list = sizes.map(({ path, bytes }) => `${bytes} ${path}`).join("\n");
  assert.ok(fetched.size > 5 && sum > 100_000, `the list is not believable:\n${list}`);
  assert.ok(sum < FIRST_PAGE_BYTES_MAX, `${sum} bytes:\n${list}`);
  await page.context().close();
});

test("what is fetched later is there when it is wanted: a menu opens before its code has come, the focus stays, hints are shown", async () => {
  const mobile = "573129990001";
  await product.simulator.inbound({
    from: mobile,
    to: product.demo.officialNumber,
    text: "¿Abren hoy?",
  });
  const page = await open();
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

test("a menu whose code comes while its button is pressed opens all the same", async () => {
  const page = await open({ person: person("demo-supervisor"), at: "/mi-cuenta" });
  let letThrough: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route(/\/assets\/person-dropdown-/u, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  const button = page.getByTestId("person-menu");
  await button.hover();
  await page.mouse.down();
  assert.equal(await button.getAttribute("aria-haspopup"), null, "the code was not held back");
  letThrough();
  // By then it is another button than the one that was pressed.
  await page.locator('[data-testid="person-menu"][aria-haspopup="menu"]').waitFor();
  await page.mouse.up();
  await page.getByRole("menuitem", { name: "Salir" }).click();
  await page.getByTestId("login").waitFor();
  await page.context().close();
});

const LIVE = "/console/api/live";
const ROWS = `[...document.querySelectorAll('[data-testid="conversation-row"]')].map((row) =>
  [row.getAttribute("data-id"), row.dataset.unread, row.querySelector("[class*=words]")?.textContent].join(" ")).sort().join("\\n")`;
const rowsOf = (page: Page) => page.evaluate(ROWS).then(String);
const isLive = (page: Page) =>
  page
    .locator('[data-testid="live-sign"][data-state="live"]')
    .first()
    .waitFor({ state: "attached" });

/** Ends the worker that holds the stream, as a crash would. */
async function killWorker(): Promise<void> {
  const devtools = await browser.newBrowserCDPSession();
  // That of a browser which was shut a moment ago may still be ending.
  const worker = await waitUntil("the one worker that all tabs of a person have", async () => {
    const { targetInfos } = await devtools.send("Target.getTargets");
    const [first, ...more] = targetInfos.filter(({ type }) => type === "shared_worker");
    return more.length === 0 && first;
  });
  await devtools.send("Target.closeTarget", { targetId: worker.targetId });
  await devtools.detach();
}

test("eight tabs have one stream: each gets every event, closed tabs and a killed worker lose none, and leaving ends all", async (t) => {
  const proxy = await startCuttingProxy(product.demo.baseUrl);
  t.after(() => proxy.close());
  const first = await open({ baseUrl: proxy.url });
  const context = first.context();
  await context.addInitScript("localStorage.setItem('recado.verifyLive', '1')");
  await signInAs(first, person("demo-supervisor"));
  const tabs = [first];
  while (tabs.length < 8) {
    const page = await context.newPage();
    await page.goto(`${proxy.url}/?view=queue`);
    await isLive(page);
    tabs.push(page);
  }
  await first.goto(`${proxy.url}/?view=queue`);
  await isLive(first);
  await waitUntil("one stream for all", () => proxy.countOpen(LIVE) === 1);
  let said = 0;
  const sayToAll = async (pages: readonly Page[]) => {
    said += 1;
    const text = `Para todas ${said}`;
    await product.simulator.inbound({
      ...{ from: `57312777000${said % 3}`, to: product.demo.officialNumber, text },
    });
    for (const page of pages) {
      await page.getByTestId("conversation-row").filter({ hasText: text }).waitFor();
    }
    assert.equal(proxy.countOpen(LIVE), 1, text);
  };
  await sayToAll(tabs);

  // The tab that began the stream goes: the others do not notice.
  await first.close();
  const rest = tabs.slice(1);
  await sayToAll(rest);

  await killWorker();
  await product.simulator.inbound({
    ...{ from: "573127770009", to: product.demo.officialNumber, text: "Mientras nadie oye" },
  });
  for (const page of rest) {
    const row = page.getByTestId("conversation-row").filter({ hasText: "Mientras nadie oye" });
    await row.waitFor({ timeout: LONG_WAIT_MS });
  }
  await waitUntil("one stream again", () => proxy.countOpen(LIVE) === 1);
  proxy.cut();
  await sayToAll(rest);

  const fresh = await context.newPage();
  await fresh.goto(`${proxy.url}/?view=queue`);
  await fresh
    .getByTestId("conversation-row")
    .filter({ hasText: `Para todas ${said}` })
    .waitFor();
  const expected = await rowsOf(fresh);
  for (const page of rest) {
    assert.equal(await rowsOf(page), expected);
    assert.equal(
      await page.getByTestId("live-differences").count(),
      0,
      "verifyLive found differences",
    );
  }
  await fresh.close();

  const [leaving, ...others] = rest;
  assert.ok(leaving);
  await leaving.getByTestId("person-menu").click();
  await leaving.getByTestId("sign-out").click();
  for (const page of rest) await page.getByTestId("login").waitFor();
  await waitUntil("the stream to end", () => proxy.countOpen(LIVE) === 0);

  // Somebody else takes the same browser: a stream of their own, and nothing of the one before.
  await signInAs(leaving, person("demo-agente"));
  await isLive(leaving);
  await waitUntil("one stream, the new person's", () => proxy.countOpen(LIVE) === 1);
  for (const page of others)
    await page.getByTestId("person-menu").filter({ hasText: "Valentina" }).waitFor();
  await waitUntil("still one stream", () => proxy.countOpen(LIVE) === 1);
  await context.close();
});

test("it can be installed: the browser finds nothing missing, and every icon is what the manifest says", async () => {
  const page = await open();
  const devtools = await page.context().newCDPSession(page);
  const { errors, url, data } = await devtools.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  assert.equal(url, `${product.demo.baseUrl}/manifest.webmanifest`);
  const manifest = JSON.parse(data ?? "") as { icons: { src: string; sizes: string }[] };
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(
      `fetch(${JSON.stringify(src)}).then((answer) => answer.blob()).then((blob) => new Promise((resolve, reject) => {
        const image = new Image();
        image.onload = () => resolve(image.naturalWidth + "x" + image.naturalHeight);
        image.onerror = () => reject(new Error(${JSON.stringify(src)}));
        image.src = URL.createObjectURL(blob);
      }))`,
    );
    if (sizes !== "any") assert.equal(size, sizes, src);
  }
  await page.context().close();
});

test("a word in one of mine is told while I look elsewhere: in the title, and by a notification that leads to it", async () => {
  const mobile = "573129990777";
  const write = (text: string) =>
    product.simulator.inbound({ from: mobile, to: product.demo.officialNumber, text });
  const page = await open({ at: "/?view=queue", person: person("demo-agente-2") });
  await isLive(page);
  await write("¿Me ayudan?");
  await page
    .getByTestId("conversation-row")
    .filter({ hasText: "¿Me ayudan?" })
    .getByRole("button")
    .first()
    .click();
  await page.getByRole("button", { name: "Tomar", exact: true }).click();
  await page.getByTestId("event").filter({ hasText: "Usted tomó la conversación" }).waitFor();
  await page.goto(`${product.demo.baseUrl}/?view=mine`);
  await isLive(page);
  // The browser of a test has no desktop: what would be shown there is kept.
  await page.evaluate(`
    document.hasFocus = () => false;
    globalThis.told = [];
    globalThis.Notification = class {
      static permission = "granted";
      constructor(title, options) { told.push({ title, ...options }); this.close = () => undefined; globalThis.lastTold = this; }
    };
    undefined`);
  await write("¿Siguen ahí?");
  await waitUntil("the title", async () => (await page.title()).startsWith("(1) "));
  await waitUntil("the notification", () => page.evaluate("told.length === 1").then(Boolean));
  const [told] = (await page.evaluate("told")) as { body: string; tag: string }[];
  assert.equal(told?.body, "¿Siguen ahí?");
  await page.evaluate("lastTold.onclick(), undefined");
  await page
    .getByTestId("bubble")
    .filter({ hasText: "¿Siguen ahí?" })
    .waitFor({ timeout: LONG_WAIT_MS });
  assert.equal(new URL(page.url()).searchParams.get("c"), told?.tag);
  await page.context().close();
});
