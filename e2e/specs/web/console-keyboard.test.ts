import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { signInByCall } from "../../look/console-caller.ts";
import { findSeriousFaults } from "../../product/browser.ts";
import { type ConsoleVisits, startConsoleVisits } from "../../product/console-visits.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* Who has no pointer, or writes while something is said: menus and the order of stops by keys, dates that are typed, toasts. */

const MOBILE = "573121130001";
const STOPS_MAX = 250;
/** Frames. */
const SIGHT_TRIES = 60;

let visits: ConsoleVisits<Product>;
/** A conversation that everything of these tests stands in. */
let conversationPath = "";

before(async () => {
  visits = await startConsoleVisits(startProduct);
  const { demo, simulator } = visits.product;
  await simulator.inbound({ from: MOBILE, to: demo.officialNumber, text: "¿me oyen?" });
  const boss = await signInByCall(demo.baseUrl, visits.personOf("owner"));
  for (const [name, color] of [["Citas", "teal"] as const, ["Urgente", "red"] as const]) {
    await boss.call("POST", "/console/api/inbox/labels", { name, color });
  }
  const list = "/console/api/inbox/conversations?view=queue";
  const found = await waitUntil("the conversation", async () => {
    const { items } = await boss.call<{ items: { id: string; contact: { mobile: string } }[] }>(
      ...(["GET", list] as const),
    );
    return items.find(({ contact }) => contact.mobile === MOBILE);
  });
  conversationPath = `/?view=open&c=${found.id}&panel=1`;
});
after(() => visits?.stop());
afterEach(() => visits.leave());

async function openThread(page: Page): Promise<void> {
  await visits.go(page, conversationPath);
  await page.getByTestId("bubble").first().waitFor();
  await page.getByTestId("context-panel").waitFor();
}

const tool = (page: Page, name: string) =>
  page.getByTestId("inbox").getByRole("button", { name, exact: true });
const focusedText = (page: Page) =>
  page.evaluate("document.activeElement.textContent.trim()").then(String);
const isFocused = (at: Locator) => at.evaluate((one) => one === one.ownerDocument.activeElement);

/** Opens a menu by its button, goes through all of it by arrows, and shuts it: the button has the focus again. */
async function walkMenu(page: Page, button: Locator): Promise<string[]> {
  await button.focus();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("menu");
  await menu.waitFor();
  const items = menu.locator("[role^='menuitem']");
  const names = (await items.allTextContents()).map((name) => name.trim());
  assert.ok(names.length > 1, "the menu has nothing in it");
  await waitUntil("the focus in the menu", async () => (await focusedText(page)) === names[0]);
  for (const name of [...names.slice(1), names[0]]) {
    await page.keyboard.press("ArrowDown");
    assert.equal(await focusedText(page), name);
  }
  await page.keyboard.press("ArrowUp");
  assert.equal(await focusedText(page), names.at(-1));
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  await waitUntil("the focus at the button", () => isFocused(button));
  return names;
}

test("menus are opened, walked, used and left by keys alone, and give the focus back to their button", async () => {
  const page = await visits.enter("owner");
  await openThread(page);
  const snooze = await walkMenu(page, tool(page, "Posponer"));
  assert.ok(snooze.length >= 3);
  assert.deepEqual(await walkMenu(page, tool(page, "Etiquetas")), ["Citas", "Urgente"]);
  await walkMenu(page, page.getByTestId("person-menu"));

  // A label is put and the menu stays for the next one.
  await tool(page, "Etiquetas").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  await waitUntil("the focus", async () => (await focusedText(page)) === "Citas");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("[role='menuitemcheckbox'][aria-checked='true']").waitFor();
  await page.keyboard.press("Escape");
  await page.getByTestId("event").filter({ hasText: "Urgente" }).waitFor();

  await tool(page, "Posponer").focus();
  await page.keyboard.press("Enter");
  await waitUntil("the focus", async () => (await focusedText(page)) === snooze[0]);
  await page.keyboard.press("Enter");
  await tool(page, "Reabrir").waitFor();
  await tool(page, "Reabrir").click();
  await tool(page, "Resolver").waitFor();

  await page.getByTestId("person-menu").focus();
  await page.keyboard.press("Enter");
  await waitUntil("the focus", async () => (await focusedText(page)) === "Mi cuenta");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Mi cuenta" }).waitFor();
});

/** Where the focus stands. */
interface Stop {
  region: string;
  name: string;
  top: number;
  isInSight: boolean;
}

/** Presses Tab until the page is over. */
async function walk(page: Page): Promise<Stop[]> {
  await page.locator("a[href='#main']").focus();
  const stops: Stop[] = [];
  for (;;) {
    const stop = await findStop(page);
    if (stop === null || stop.isSeen) return stops;
    await page.evaluate("document.activeElement.dataset.walked = 'true'");
    stops.push(stop);
    assert.ok(stops.length < STOPS_MAX, "the focus is caught");
    await page.keyboard.press("Tab");
  }
}

/** Where the focus is; what comes into sight by being focused has a moment to do so. */
async function findStop(page: Page): Promise<(Stop & { isSeen: boolean }) | null> {
  for (let tries = 1; ; tries += 1) {
    const stop = (await page.evaluate(WHERE)) as (Stop & { isSeen: boolean }) | null;
    if (stop === null || stop.isSeen || stop.isInSight || tries === SIGHT_TRIES) return stop;
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => done(0)))");
  }
}

const WHERE = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return null;
  const isSeen = at.dataset.walked === "true";
  const inMain = at.closest("#main") !== null;
  const regions = [
    ["composer", "[data-testid=composer]"], ["panel", "[data-testid=context-panel]"], ["thread", "[role=log]"],
    ["views", "[data-testid=inbox] > nav"], ["list", "[data-testid=inbox] > section[data-view]"], ["head", "[data-testid=inbox]"],
  ];
  const region = at.matches("a[href='#main']") ? "skip" : !inMain ? "rail"
    : (regions.find(([, where]) => at.closest(where) !== null)?.[0] ?? "page");
  // A switch or a box that is ticked is drawn by what stands around it.
  const drawn = at.matches("input[type=checkbox], input[type=radio]") ? at.parentElement : at;
  const { top, bottom, left, right, width, height } = drawn.getBoundingClientRect();
  const isInSight = width > 0 && height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  const main = document.querySelector("#main");
  return { region, name: (at.getAttribute("aria-label") ?? at.textContent).trim().slice(0, 60),
    top: Math.round(top + main.scrollTop), isInSight, isSeen };
})()`;

test("the Tab key goes through the inbox as it is read: rail, views, list, head, thread, composer, panel", async () => {
  const page = await visits.enter("owner");
  await openThread(page);
  const stops = await walk(page);
  const regions = stops.map(({ region }) => region);
  const order = regions.filter((region, index) => region !== regions[index - 1]);
  const read = ["skip", "rail", "views", "list", "head", "thread", "composer", "panel"];
  assert.deepEqual(order, read);
  assert.deepEqual(
    stops.filter(({ isInSight }) => !isInSight),
    [],
    "the focus goes where nobody sees it",
  );
});

/** A row's parts do not all begin at the same height. */
const ROW_PX = 40;

test("the Tab key goes through a page from its head to its foot, and the first stop leads past the rail", async () => {
  const page = await visits.enter("owner");
  for (const path of ["/mensajes", "/webhooks", "/operador?ver=cuentas", "/ajustes"]) {
    await visits.go(page, path);
    await page.locator("#main h1").waitFor();
    await page.locator("[aria-busy='true']").waitFor({ state: "detached" });
    const stops = await walk(page);
    const regions = stops.map(({ region }) => region);
    assert.deepEqual([...new Set(regions)], ["skip", "rail", "page"], path);
    assert.equal(regions.lastIndexOf("rail") + 1, regions.indexOf("page"), path);
    const inPage = stops.filter(({ region }) => region === "page");
    const back = inPage.filter(({ top }, index) => top < (inPage[index - 1]?.top ?? 0) - ROW_PX);
    assert.deepEqual(back, [], `${path} goes back up`);
    assert.deepEqual(
      stops.filter(({ isInSight }) => !isInSight),
      [],
      path,
    );
    await page.locator("a[href='#main']").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate("document.activeElement.closest('#main') !== null"), path);
  }
});

test("a toast never covers what is written with", async () => {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    const page = await visits.enter("owner", viewport);
    await visits.go(
      page,
      conversationPath.replace("&panel=1", viewport.width > 760 ? "&panel=1" : ""),
    );
    await page.getByTestId("bubble").first().waitFor();
    // There is no microphone, which is said until somebody shuts it.
    await tool(page, "Grabar una nota de voz").click();
    const toast = page.getByTestId("toast");
    await toast.waitFor();
    await page.getByTestId("composer-text").fill("uno\ndos\ntres\ncuatro\ncinco");
    await waitUntil("the toast above the composer", async () => {
      const [said, writing] = [await boxIn(page, toast), await boxIn(page, composer(page))];
      return writing.bottom - writing.top > 150 && said.bottom <= writing.top;
    });
    await page.getByTestId("composer-text").fill("");
  }
});

const composer = (page: Page) => page.getByTestId("composer");

async function boxIn(page: Page, at: Locator): Promise<{ top: number; bottom: number }> {
  const { x = 0, y = 0, width = 0, height = 0 } = (await at.boundingBox()) ?? {};
  assert.ok(x >= 0 && x + width <= (page.viewportSize()?.width ?? 0), "it is not in the window");
  assert.ok(y >= 0 && height > 0, "it is not in the window");
  return { top: y, bottom: y + height };
}

test("a toast never covers what can be done with the conversations that are ticked", async () => {
  // On a telephone, and where the list has the window for itself but toasts have a corner.
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 800, height: 700 },
  ]) {
    const page = await visits.enter("owner", viewport);
    await visits.go(page, "/?view=queue");
    const row = page.getByTestId("conversation-row").filter({ hasText: "¿me oyen?" });
    await row.getByRole("checkbox").check({ force: true });
    const bar = page.getByTestId("bulk-bar");
    // What fails leaves them ticked, and is said until somebody shuts it.
    await page.route("**/console/api/inbox/bulk", (route) => route.abort());
    await bar.getByRole("button", { name: "Resolver" }).click();
    const toast = page.getByTestId("toast");
    await toast.waitFor();
    const said = await boxIn(page, toast);
    assert.ok(said.bottom < (await boxIn(page, bar)).top, `it is covered at ${viewport.width} px`);
    assert.ok(said.bottom > viewport.height / 2, "the toast is not at the foot");
    await bar.getByRole("button", { name: "Quitar la selección" }).click();
    await waitUntil(
      "the toast to come down",
      async () => (await boxIn(page, toast)).bottom > said.bottom,
    );
  }
});

test("an address that leads nowhere keeps the way to the rest", async () => {
  const page = await visits.enter("agent");
  await visits.go(page, "/no/existe");
  await page.getByText("No hay nada en esta dirección").waitFor();
  await page.getByTestId("nav-contactos").click();
  await page.getByRole("heading", { name: "Contactos" }).waitFor();
});

test("a date is written with its day first in the page's language, whatever the browser speaks", async () => {
  const page = await visits.enter("owner", { locale: "en-US" });
  await page.getByTestId("person-menu").click();
  if ((await page.locator("html").getAttribute("lang")) === "en") {
    await page.getByTestId("language").click();
  }
  await page.locator("html[lang='es']").waitFor({ state: "attached" });
  await visits.go(page, "/informes");
  const from = page.getByLabel("Desde");
  assert.match(await from.inputValue(), /^\d{2}\/\d{2}\/\d{4}$/u);
  const asked = page.waitForRequest((request) => request.url().includes("from=2026-02-03"));
  await from.fill("3/2/2026");
  await asked;
  await page.getByText("febrero 2026").waitFor();
  assert.deepEqual(await findSeriousFaults(page), []);
  await page.keyboard.press("Tab");
  assert.equal(await from.inputValue(), "03/02/2026");

  await visits.go(page, "/tokens");
  await page.getByTestId("create-token").click();
  const until = page.getByRole("dialog").getByLabel("Vence el");
  await until.fill("31/02/2099");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await until.inputValue(), "", "there is no such day");
  await until.fill("28/02/2099");
  await page.keyboard.press("Tab");
  assert.equal(await until.inputValue(), "28/02/2099");
});

const focusedName = (page: Page) =>
  page.evaluate("document.activeElement.getAttribute('aria-label')").then(String);

test("the calendar of a day is walked by keys alone; Enter chooses a day, and Escape leaves it as it was", async () => {
  const page = await visits.enter("owner", { at: "/informes" });
  const from = page.getByLabel("Desde");
  const calendar = page.getByRole("dialog", { name: "Elegir el día" });
  await from.fill("25/02/2026");
  await page.keyboard.press("ArrowDown");
  const at = (day: string) =>
    waitUntil(`the focus on ${day}`, async () => (await focusedName(page)) === day);
  await at("miércoles, 25 de febrero de 2026");
  await calendar
    .getByRole("grid")
    .locator("[aria-pressed='true']")
    .and(page.locator(":focus"))
    .waitFor();
  for (const [key, day] of [
    ["ArrowRight", "jueves, 26 de febrero de 2026"],
    ["ArrowDown", "jueves, 5 de marzo de 2026"],
    ["Home", "lunes, 2 de marzo de 2026"],
    ["ArrowLeft", "domingo, 1 de marzo de 2026"],
    ["PageUp", "domingo, 1 de febrero de 2026"],
    ["ArrowUp", "domingo, 25 de enero de 2026"],
    ["Shift+PageUp", "sábado, 25 de enero de 2025"],
    ["PageDown", "martes, 25 de febrero de 2025"],
  ] as const) {
    await page.keyboard.press(key);
    await at(day);
  }
  assert.deepEqual(await findSeriousFaults(page), []);
  await page.keyboard.press("Tab");
  await at("Mes anterior");
  await page.keyboard.press("Enter");
  await calendar.getByText("enero 2025").waitFor();
  assert.equal(await focusedName(page), "Mes anterior");
  await page.keyboard.press("Shift+Tab");
  await at("miércoles, 1 de enero de 2025");
  const asked = page.waitForRequest((request) => request.url().includes("from=2025-01-02"));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await asked;
  await calendar.waitFor({ state: "detached" });
  assert.ok(await isFocused(from));
  assert.equal(await from.inputValue(), "02/01/2025");

  await page.keyboard.press("ArrowDown");
  await at("jueves, 2 de enero de 2025");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await calendar.waitFor({ state: "detached" });
  assert.ok(await isFocused(from));
  assert.equal(await from.inputValue(), "02/01/2025");
});

test("the calendar's months and years are gone through by keys, and its Escape leaves the dialog around it", async () => {
  const page = await visits.enter("owner", { at: "/tokens" });
  await page.getByTestId("create-token").click();
  const dialog = page.getByRole("dialog", { name: "Crear token" });
  const until = dialog.getByLabel("Vence el");
  const calendar = page.getByRole("dialog", { name: "Elegir el día" });
  await until.fill("28/02/2099");
  await page.keyboard.press("ArrowDown");
  await calendar.locator("[data-day='2099-02-28']:focus").waitFor();
  await calendar.getByRole("button", { name: "febrero 2099" }).focus();
  await page.keyboard.press("Enter");
  await calendar.locator("[data-picker-control]:focus").waitFor();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await calendar.locator("[data-day='2099-03-01']:focus").waitFor();
  await page.keyboard.press("Escape");
  await calendar.waitFor({ state: "detached" });
  assert.ok(await isFocused(until));
  await dialog.waitFor();

  // By pointer the field keeps the focus, so that one can go on typing.
  await until.click();
  await calendar.waitFor();
  assert.ok(await isFocused(until));
  await calendar.getByRole("button", { name: "Mes anterior" }).click();
  assert.ok(await isFocused(until));
  await calendar.locator("[data-day='2099-01-15']").click();
  await calendar.waitFor({ state: "detached" });
  assert.equal(await until.inputValue(), "15/01/2099");
  await until.click();
  await calendar.waitFor();
  await page.keyboard.press("Tab");
  await calendar.waitFor({ state: "detached" });
  await dialog.waitFor();
});
