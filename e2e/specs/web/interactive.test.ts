import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { findSeriousFaults, launchBrowser } from "../../product/browser.ts";
import { openPage } from "../../product/open-page.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* Lists and questions on the simulator's telephones, pressed as a person does. */

const LIST = {
  type: "list",
  body: "¿Cuándo puede venir?",
  button: "Ver horas",
  sections: [
    { title: "Lunes", rows: [{ id: "l-10", title: "10:00", description: "con Ana" }] },
    { title: "Martes", rows: [{ id: "m-10", title: "10:00", description: "con Luis" }] },
  ],
};

let product: Product;
let browser: Browser;
let mobiles = 573_106_770_000;

before(async () => {
  product = await startProduct();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await product?.stop();
});

/** A person whose window is open, and the page with their telephone. */
async function openPerson(viewport: { width: number; height: number }) {
  mobiles += 1;
  const mobile = String(mobiles);
  await product.simulator.inbound({ from: mobile, to: product.demo.officialNumber, text: "hola" });
  const { page } = await openPage(browser, product.simulator.url, viewport);
  await page.goto(`${product.simulator.url}/#telephones=${mobile}`);
  await page.locator('[data-testid="live-sign"][data-state="live"]').waitFor();
  return { mobile, page, telephone: page.getByTestId(`telephone-${mobile}`) };
}

async function send(mobile: string, interactive: object): Promise<void> {
  await waitUntil("the window to be known", async () => {
    const body = JSON.stringify({ mobile, interactive });
    const headers = {
      authorization: `Bearer ${product.demo.apiToken}`,
      "content-type": "application/json",
    };
    const response = await fetch(`${product.demo.baseUrl}/v1/messages`, {
      method: "POST",
      headers,
      body,
    });
    return response.status === 202;
  });
}

async function written(mobile: string, type: string) {
  return waitUntil("the answer", async () =>
    (await product.simulator.thread(mobile)).find(
      (item) => item.direction === "out" && item.type === type,
    ),
  );
}

for (const viewport of [
  { width: 1_440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`a row of a list is chosen and sent, at ${viewport.width} px`, async () => {
    const { mobile, page, telephone } = await openPerson(viewport);
    await send(mobile, LIST);
    await telephone.getByRole("button", { name: "Ver horas" }).click();
    const sheet = page.getByTestId("choice-sheet");
    await sheet.getByText("Martes").waitFor();
    const sends = sheet.getByRole("button", { name: "Enviar" });
    assert.equal(await sends.isDisabled(), true, "nothing is chosen yet");
    assert.deepEqual(await findSeriousFaults(page), []);
    await sheet.getByLabel("10:00 con Luis").check();
    await sends.click();
    await sheet.waitFor({ state: "detached" });
    const answer = await written(mobile, "button");
    assert.equal(answer.body, "10:00");
    await page.context().close();
  });
}

test("whoever is asked for a place can send one, or close the question", async () => {
  const { mobile, page, telephone } = await openPerson({ width: 1_440, height: 900 });
  await send(mobile, { type: "location_request", body: "¿Dónde lo recogemos?" });
  const ask = telephone.getByRole("button", { name: "Enviar ubicación" });
  await ask.click();
  const sheet = page.getByTestId("choice-sheet");
  await sheet.waitFor();
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await ask.click();
  await sheet.getByLabel("Medellín").check();
  await sheet.getByRole("button", { name: "Enviar" }).click();
  const answer = await written(mobile, "location");
  assert.match(answer.body ?? "", /^Medellín\n6\.2442, -75\.5812$/u);
  await page.context().close();
});
