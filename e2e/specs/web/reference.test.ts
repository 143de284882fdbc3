import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { findSeriousFaults, launchBrowser } from "../../product/browser.ts";
import { type OpenedPage, openPage, type PageWish } from "../../product/open-page.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* The page of /v1's reference in a browser: all of it comes from this server, in the reader's language and colours. */

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

async function open(wish: PageWish): Promise<OpenedPage> {
  const opened = await openPage(browser, product.demo.baseUrl, wish);
  const { page, faults } = opened;
  page.on("console", (line) => {
    if (line.type() === "error") faults.push(line.text());
  });
  await page.goto(`${product.demo.baseUrl}/v1/reference`);
  await page.getByRole("heading", { name: "Repetir sin miedo" }).waitFor();
  return opened;
}

async function goToSending(page: Page): Promise<void> {
  await page.goto(`${product.demo.baseUrl}/v1/reference#tag/messages/POST/v1/messages`);
}

const WIDTHS = { wide: 1440, narrow: 390 };

for (const [colorScheme, first, then] of [
  ["light", WIDTHS.wide, WIDTHS.narrow],
  ["dark", WIDTHS.narrow, WIDTHS.wide],
] as const) {
  test(`opened at ${first} px and then made ${then} px wide, ${colorScheme}, it asks no other host, breaks no rule of its policy and can be read`, async () => {
    const { page, strangers, faults, close } = await open({ width: first, colorScheme });
    for (const width of [first, then]) {
      await page.setViewportSize({ width, height: 900 });
      await goToSending(page);
      await page.getByRole("heading", { name: "Envía un mensaje" }).waitFor();
      const classes = await page.locator("body").evaluate((body) => body.className);
      assert.match(classes, new RegExp(`\\b${colorScheme}-mode\\b`, "u"));
      assert.deepEqual(await findSeriousFaults(page), [], `${width} px`);
      const overhang = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      assert.equal(overhang, 0, "the page is wider than the screen");
    }
    await close();
    assert.deepEqual(strangers(), [], "the page asked another host");
    assert.deepEqual(faults, []);
  });
}

test("readers of English get the English headings", async () => {
  const { page } = await open({ locale: "en-GB" });
  await goToSending(page);
  await page.getByRole("heading", { name: "Send a message" }).waitFor();
  await page.context().close();
});

test("a call can be tried from the page, with the token that is typed in", async () => {
  const { page, requests } = await open({});
  await page.getByPlaceholder("Token").first().fill(product.demo.apiToken);
  await page.goto(`${product.demo.baseUrl}/v1/reference#tag/wallet/GET/v1/wallet`);
  await page.getByRole("button", { name: /Probar solicitud.*\/v1\/wallet/u }).click();
  await page
    .getByRole("button", { name: /^Enviar/u })
    .first()
    .click();
  await page.getByText("20000000.00").first().waitFor();
  assert.ok(requests.includes(`${product.demo.baseUrl}/v1/wallet`));
  await page.context().close();
});
