import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { findSeriousFaults, launchBrowser, recordRequests } from "../../product/browser.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* The page of /v1's reference in a browser: all of it comes from this server, in the reader's language and colours. */

const WAIT_MS = 15_000;
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

interface Opened {
  page: Page;
  requests: string[];
  /** Errors of the page's scripts, and what its content security policy refused. */
  faults: string[];
}

async function open(options: {
  locale: string;
  width: number;
  colorScheme: "light" | "dark";
}): Promise<Opened> {
  const { locale, width, colorScheme } = options;
  const viewport = { width, height: 900 };
  const context = await browser.newContext({ viewport, locale, colorScheme });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const requests = recordRequests(page);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (line) => {
    if (line.type() === "error") faults.push(line.text());
  });
  await page.goto(`${product.demo.baseUrl}/v1/reference`);
  await page.getByRole("heading", { name: "Repetir sin miedo" }).waitFor();
  return { page, requests, faults };
}

async function goToSending(page: Page): Promise<void> {
  await page.goto(`${product.demo.baseUrl}/v1/reference#tag/messages/POST/v1/messages`);
}

for (const width of [1440, 390]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`at ${width} px, ${colorScheme}, it asks no other host, breaks no rule of its policy and can be read`, async () => {
      const { page, requests, faults } = await open({ locale: "es-CO", width, colorScheme });
      await goToSending(page);
      await page.getByRole("heading", { name: "Envía un mensaje" }).waitFor();
      const isDark = await page.locator("body").evaluate((body) => body.className);
      assert.match(isDark, new RegExp(`\\b${colorScheme}-mode\\b`, "u"));
      assert.deepEqual(await findSeriousFaults(page), []);
      const overhang = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      assert.equal(overhang, 0, "the page is wider than the screen");
      await page.context().close();
      const strangers = requests.filter(
        (url) => !url.startsWith(product.demo.baseUrl) && !/^(data|blob):/u.test(url),
      );
      assert.deepEqual(strangers, [], "the page asked another host");
      assert.deepEqual(faults, []);
    });
  }
}

test("readers of English get the English headings", async () => {
  const { page } = await open({ locale: "en-GB", width: 1440, colorScheme: "light" });
  await goToSending(page);
  await page.getByRole("heading", { name: "Send a message" }).waitFor();
  await page.context().close();
});

test("a call can be tried from the page, with the token that is typed in", async () => {
  const { page, requests } = await open({ locale: "es-CO", width: 1440, colorScheme: "light" });
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
