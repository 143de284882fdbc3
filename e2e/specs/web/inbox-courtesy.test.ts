import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { findSeriousFaults, launchBrowser } from "../../product/browser.ts";
import { openConsole } from "../../product/console-page.ts";
import { sitDown, writeToDemo } from "../../product/inbox-seat.ts";
import { openPage } from "../../product/open-page.ts";
import { waitForToast } from "../../product/toasts.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* What the console tells people in time: that somebody has gone, why something was refused, and that there is no server. */

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

const sit = (login: string) => sitDown(browser, product, { login });
const write = (from: string, text: string) => writeToDemo(product, from, text);
const rowOf = (page: Page, text: string) =>
  page.getByTestId("conversation-row").filter({ hasText: text });

test("whoever closes a tab is seen in its conversation no more, and holds no composer", async () => {
  await write("573121120001", "¿quién me lee?");
  const agent = await sit("demo-agente");
  const boss = await sit("demo-supervisor");
  await rowOf(agent.page, "¿quién me lee?").click();
  await rowOf(boss.page, "¿quién me lee?").click();
  await boss.page.getByTestId("lookers").waitFor();
  await agent.page.getByTestId("composer-text").pressSequentially("Ya le");
  await boss.page.getByTestId("held-by").waitFor();
  // Both would end by themselves only after half a minute and more, which is longer than this waits.
  await agent.page.goto("about:blank");
  await boss.page.getByTestId("held-by").waitFor({ state: "detached" });
  await boss.page.getByTestId("lookers").waitFor({ state: "detached" });
  await agent.page.goBack();
  await boss.page.getByTestId("lookers").waitFor();
  await agent.close();
  await boss.close();
});

test("many are resolved as they were ticked: who has written since is named and stays", async () => {
  await write("573121120002", "primera del montón");
  await write("573121120003", "segunda del montón");
  const { page, close } = await sit("demo-supervisor");
  for (const text of ["primera del montón", "segunda del montón"]) {
    await rowOf(page, text).getByRole("checkbox").check({ force: true });
  }
  await write("573121120003", "¡un momento!");
  await rowOf(page, "¡un momento!").waitFor();
  await page.getByTestId("bulk-bar").getByRole("button", { name: "Resolver" }).click();
  assert.match(await waitForToast(page, "ha escrito desde que se eligió"), /1 hecha/u);
  await rowOf(page, "primera del montón").waitFor({ state: "detached" });
  assert.ok(await rowOf(page, "¡un momento!").getByRole("checkbox").isChecked());
  await page.getByTestId("bulk-bar").getByRole("button", { name: "Resolver" }).click();
  await rowOf(page, "¡un momento!").waitFor({ state: "detached" });
  await close();
});

test("a file that is refused says why, beside it", async () => {
  await write("573121120004", "mándeme el archivo");
  const { page, close } = await sit("demo-agente");
  await rowOf(page, "mándeme el archivo").click();
  const file = (name: string, text: string) => ({
    ...{ name, mimeType: "text/plain", buffer: Buffer.from(text) },
  });
  const files = [file("pagina.txt", "<!doctype html><script>1</script>"), file("nada.txt", "")];
  await page.getByTestId("file-input").setInputFiles(files);
  const shown = page.getByTestId("attachment");
  await shown.filter({ hasText: "el contenido es HTML" }).waitFor();
  await shown.filter({ hasText: "el archivo está vacío" }).waitFor();
  assert.deepEqual(await findSeriousFaults(page), []);
  await close();
});

test("a console that reaches no server says so at once, in the browser's language, and opens when it is there", async () => {
  for (const [locale, words, again] of [
    ["es-CO", "No hay conexión con el servidor", "Intentar de nuevo"],
    ["en-US", "The server cannot be reached", "Try again"],
  ] as const) {
    const { page, close } = await openConsole(browser, product.demo, { locale });
    await page.getByTestId("login").waitFor();
    let asked = 0;
    await page.route("**/console/api/session", (route) => {
      asked += 1;
      return route.abort("connectionrefused");
    });
    await page.goto(product.demo.baseUrl);
    await page.getByText(words).waitFor();
    assert.equal(asked, 1, "it says so before it asks once more");
    await page.unroute("**/console/api/session");
    await page.getByRole("button", { name: again }).click();
    await page.getByTestId("login").waitFor();
    await close();
  }
});

test("one that hears nothing from the server says that it waits, and opens with the answer", async () => {
  const { page, close } = await openConsole(browser, product.demo);
  await page.getByTestId("login").waitFor();
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/console/api/session", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(product.demo.baseUrl);
  await page.getByText("Esperando al servidor").waitFor();
  answer();
  await page.getByTestId("login").waitFor();
  assert.equal(await page.getByText("Esperando al servidor").count(), 0);
  await close();
});

test("and when not even its words can be fetched", async () => {
  const wish = { locale: "en-US", withoutWorker: true };
  const { page: bare, close } = await openPage(browser, product.demo.baseUrl, wish);
  await bare.route(/\/assets\/en-[^/]*\.js$/u, (route) => route.abort("connectionrefused"));
  await bare.goto(product.demo.baseUrl);
  await bare.getByText("The server cannot be reached").waitFor();
  await bare.unroute(/\/assets\/en-[^/]*\.js$/u);
  await bare.getByRole("button", { name: "Try again" }).click();
  await bare.getByTestId("login").waitFor();
  await close();
});
