import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { findSeriousFaults, launchBrowser } from "../../product/browser.ts";
import { sitDown, writeToDemo } from "../../product/inbox-seat.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* What people look for in the inbox: an old message, the conversations of a view, and a person without a number. */

const READING_MS = 60_000;
/** As a wheel does: up a little and down to what is there. */
const READ_ON = `(() => {
  const thread = document.querySelector('[data-testid="thread"]');
  thread.scrollBy(0, -80);
  requestAnimationFrame(() => thread.scrollTo(0, thread.scrollHeight));
})()`;

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

const sit = (login: string, at?: string) =>
  sitDown(browser, product, { login, ...(at !== undefined && { at }) });
const write = (from: string, text: string) => writeToDemo(product, from, text);

/** The numbers of the lines "paja n." that stand in the thread, in their order; the point keeps the time of day apart. */
async function readStraw(page: Page): Promise<number[]> {
  const texts = await page.getByTestId("bubble").allTextContents();
  return texts.flatMap((text) => /paja (\d+)\./u.exec(text)?.[1] ?? []).map(Number);
}

test("an old message that was found is brought into sight, read on from without a hole, and left for the newest", async () => {
  const mobile = "573121110001";
  await write(mobile, "una aguja escondida");
  for (let line = 0; line < 80; line += 1) await write(mobile, `paja ${line}.`);
  const { page, close, faults } = await sit("demo-agente");
  await page.getByText("paja 79.").first().waitFor({ timeout: READING_MS });
  const find = async () => {
    await page.locator("#inbox-search").fill("aguja");
    const found = page.getByTestId("search-results").getByRole("button", { name: /aguja/u });
    await found.first().click();
    await page.getByTestId("bubble").filter({ hasText: "una aguja escondida" }).waitFor();
  };
  await waitUntil(
    "the message to be found",
    async () => {
      await page.locator("#inbox-search").fill("");
      await page.locator("#inbox-search").fill("aguja");
      const results = page.getByTestId("search-results");
      return (
        (await results.waitFor().then(() => results.textContent()))?.includes("aguja") ?? false
      );
    },
    READING_MS,
  );
  await find();
  const needle = page.getByTestId("bubble").filter({ hasText: "una aguja escondida" });
  await waitUntil("it to be in sight", () => needle.isVisible());
  const thread = page.getByTestId("thread");
  assert.equal(await thread.getAttribute("data-end"), "false");
  await write(mobile, "paja 80.");
  await page.getByTestId("to-end").click();
  await page.getByTestId("bubble").filter({ hasText: "paja 80." }).waitFor();
  assert.equal(await thread.getAttribute("data-end"), "true");
  assert.equal(await needle.count(), 0, "the end is shown, not everything");

  await find();
  const readOn = async () => {
    await page.evaluate(READ_ON);
    return (await thread.getAttribute("data-end")) === "true";
  };
  await waitUntil("the end to be reached by reading", readOn, READING_MS);
  await write(mobile, "paja 81.");
  await page.getByTestId("bubble").filter({ hasText: "paja 81." }).waitFor();
  const straw = await readStraw(page);
  assert.deepEqual(
    straw,
    Array.from({ length: 82 }, (_, line) => line),
  );
  assert.deepEqual(faults, []);
  await close();
});

test("a view that a supervisor keeps for everybody is there for an agent, is renamed and goes", async () => {
  const boss = await sit("demo-supervisor");
  const agent = await sit("demo-agente", "/?view=mine");
  await write("573121110002", "para la vista");
  await boss.page.getByText("para la vista").first().waitFor();
  await boss.page.getByTestId("filter").click();
  const dialog = boss.page.getByRole("dialog");
  await dialog.getByLabel("Solo con algo sin leer").check();
  await dialog.getByLabel("Guardar como vista, con el nombre").fill("Cola sin leer");
  await dialog.getByLabel("Para todas las personas de la cuenta").check();
  assert.deepEqual(await findSeriousFaults(boss.page), []);
  await dialog.getByTestId("save-view").click();
  await boss.page.getByRole("heading", { name: "Cola sin leer" }).waitFor();
  const shown = agent.page
    .getByTestId("saved-views")
    .getByRole("button", { name: /Cola sin leer/u });
  await shown.first().click();
  await agent.page.getByText("para la vista").first().waitFor();
  assert.equal(await agent.page.getByRole("button", { name: /opciones/u }).count(), 0);

  await boss.page.getByRole("button", { name: "Vista Cola sin leer: opciones" }).click();
  await boss.page.getByRole("menuitem", { name: "Cambiar" }).click();
  await dialog.getByLabel("Nombre").fill("Urgente");
  await dialog.getByTestId("save-view").click();
  await agent.page.getByTestId("saved-views").getByText("Urgente").waitFor();
  await boss.page.getByRole("button", { name: "Vista Urgente: opciones" }).click();
  await boss.page.getByRole("menuitem", { name: "Borrar la vista" }).click();
  await boss.page.getByTestId("confirm-yes").click();
  await agent.page.getByTestId("saved-views").waitFor({ state: "detached" });
  assert.deepEqual([...boss.faults, ...agent.faults], []);
  await boss.close();
  await agent.close();
});

test("a person who hides the number is answered like any other", async () => {
  const mobile = "573121110003";
  const { page, close, faults } = await sit("demo-agente");
  const said = { to: product.demo.officialNumber, text: "no digo mi número" };
  await product.simulator.inbound({ from: mobile, ...said, hidden: true });
  await page.getByTestId("conversation-row").filter({ hasText: "no digo mi número" }).click();
  const bubble = page.getByTestId("bubble").filter({ hasText: "no digo mi número" });
  await bubble.first().waitFor();
  await page.getByTestId("composer-text").fill("No hace falta, aquí estamos");
  await page.keyboard.press("Enter");
  await waitUntil("the answer at the telephone", async () =>
    (await product.simulator.messages(mobile)).some(({ text }) => text?.includes("aquí estamos")),
  );
  const answer = page.getByTestId("bubble").filter({ hasText: "aquí estamos" });
  await answer.locator('[data-tick="read"], [data-tick="delivered"]').waitFor();
  assert.deepEqual(faults, []);
  await close();
});
