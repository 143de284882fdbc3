import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { findSeriousFaults } from "../../product/browser.ts";
import { type BuiltReseller, buildReseller } from "../../product/build-reseller.ts";
import { type ConsoleWish, signInAs } from "../../product/console-page.ts";
import { type ConsoleVisits, startConsoleVisits } from "../../product/console-visits.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

let product: Product;
let visits: ConsoleVisits<Product>;
let valle: BuiltReseller;
before(async () => {
  visits = await startConsoleVisits(() => startProduct());
  product = visits.product;
  valle = await buildReseller(product, "Mensajes del Valle");
  await buildReseller(product, "Avisos del Sur");
});
after(() => visits?.stop());
afterEach(() => visits.leave());

const go: typeof visits.go = (page, path) => visits.go(page, path);
const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
const enterReseller = async (wish?: ConsoleWish): Promise<Page> => {
  const page = await visits.visit(wish);
  await signInAs(page, valle.person);
  return page;
};
const figure = (page: Page, name: string) => page.getByTestId(`figure-${name}`);
const rowOf = (page: Page, table: string, text: string) =>
  page
    .getByRole("table", { name: table, exact: true })
    .getByTestId("row")
    .filter({ hasText: text });
const balanceOf = async (id: string) =>
  Number((await product.cli.json<{ balance: string }>(["balance", id])).balance);

/** Chooses the days from one to another. */
async function choose(page: Page, from: string, to: string): Promise<void> {
  for (const [label, value] of [
    ["Desde", from],
    ["Hasta", to],
  ] as const) {
    const field = page.getByTestId("days").getByLabel(label, { exact: true });
    const typed = value.split("-").reverse().join("/");
    await field.fill(typed);
    await field.press("Tab");
    assert.equal(await field.inputValue(), typed);
  }
}

test("the operator sees each reseller's wallet and what was settled on the days that are asked for, and opens one", async () => {
  const page = await visits.enter("owner");
  await go(page, "/operador?ver=revendedores");
  await choose(page, day(3), day(1));
  const row = rowOf(page, "Revendedores", valle.name);
  await row.getByText(/\$\s900,00/u).waitFor();
  assert.match((await row.textContent()) ?? "", /5\.000\.000,00.*9.*900,00.*540,00.*360,00/u);
  await rowOf(page, "Revendedores", "Avisos del Sur").waitFor();
  await row.press("Enter");
  await page.getByRole("heading", { name: valle.name, level: 1 }).waitFor();
  await choose(page, day(2), day(1));
  await figure(page, "resale")
    .getByText(/600,00/u)
    .waitFor();
  assert.match((await figure(page, "wholesale").textContent()) ?? "", /360,00/u);
  const customer = rowOf(page, "Cuentas", "La Espiga");
  await customer.getByText(/210,00/u).waitFor();
  assert.equal(await page.getByTestId("hand-on").count(), 0, "an operator hands on nothing");
  await page.getByText(/^Liquidado hasta/u).waitFor();
});

test("settlements are told by day or by month, and saved as the file says them", async () => {
  const page = await visits.enter("owner");
  await go(page, `/operador/revendedores/${valle.id}`);
  await choose(page, day(2), day(1));
  const table = page.getByRole("table", { name: "Liquidaciones" });
  await waitUntil("two days", async () => (await table.getByTestId("row").count()) === 2);
  const download = page.waitForEvent("download");
  await page.getByTestId("settlements-csv").click();
  const text = await readFile((await (await download).path()) ?? "", "utf8");
  assert.equal(
    text,
    [
      "period,messages,resale,wholesale,margin,currency",
      `${day(2)},3,300.00,180.00,120.00,COP`,
      `${day(1)},3,300.00,180.00,120.00,COP`,
      "total,6,600.00,360.00,240.00,COP",
      "",
    ].join("\r\n"),
  );
  await choose(page, day(40), day(1));
  await page.getByText("Por mes", { exact: true }).click();
  await waitUntil("months", async () => [2, 3].includes(await table.getByTestId("row").count()));
  await choose(page, day(120), day(1));
  await page.getByText(/plazos de hasta 92 días/u).waitFor();
});

test("a reseller's own people see their books, and no other reseller", async () => {
  const page = await enterReseller();
  await go(page, "/operador?ver=revendedores");
  await page.getByRole("tab", { name: "Liquidaciones" }).waitFor();
  await choose(page, day(2), day(1));
  await figure(page, "margin")
    .getByText(/240,00/u)
    .waitFor();
  await rowOf(page, "Cuentas", "La Espiga")
    .getByText(/240,00/u)
    .waitFor();
  assert.equal(await page.getByText("Avisos del Sur").count(), 0);
  const other = (
    await product.cli.json<{ items: { id: string; name: string }[] }>([...["reseller", "list"]])
  ).items.find(({ name }) => name === "Avisos del Sur");
  await go(page, `/operador/revendedores/${other?.id}`);
  await page.getByTestId("problem").first().waitFor();
});

test("money is handed on only when the same sum is typed a second time, and once for each reference", async () => {
  const [customer] = valle.customers;
  assert.ok(customer);
  const page = await enterReseller();
  await go(page, "/operador?ver=revendedores");
  const books = page.getByTestId("reseller-books");
  const fill = async () => {
    await books.getByRole("combobox", { name: "Cuenta" }).fill("Espiga");
    await page.getByRole("option", { name: customer.name }).click();
    await books.getByLabel("Monto", { exact: true }).fill("50.000");
    await books.getByLabel("Referencia", { exact: true }).fill("espiga-7");
    await books.getByTestId("hand-on").click();
  };
  await fill();
  const asked = page.getByTestId("typed-sum").getByRole("dialog");
  await asked.getByText(/\$\s50\.000,00 a Panadería La Espiga/u).waitFor();
  const yes = asked.getByTestId("sum-yes");
  await asked.getByTestId("sum-again").fill("5.000");
  assert.equal(await yes.isDisabled(), true);
  await asked.getByTestId("sum-again").fill("500.000");
  await asked.getByText("No es el mismo monto.").waitFor();
  assert.equal(await yes.isDisabled(), true);
  await asked.getByTestId("sum-again").press("Enter");
  assert.equal(await balanceOf(customer.id), 0, "nothing moves before the same sum is typed");
  await asked.getByTestId("sum-again").fill("50000");
  await asked.getByTestId("sum-again").press("Enter");
  await page
    .getByTestId("toast")
    .getByText(/Se transfirió/u)
    .waitFor();
  await asked.waitFor({ state: "detached" });
  await rowOf(page, "Transferencias", "espiga-7")
    .getByText(/50\.000,00/u)
    .waitFor();
  await figure(page, "balance")
    .getByText(/4\.950\.000,00/u)
    .waitFor();
  assert.deepEqual([await balanceOf(customer.id), await balanceOf(valle.id)], [50_000, 4_950_000]);
  await fill();
  await asked.getByTestId("sum-again").fill("50.000");
  await yes.click();
  await page
    .getByTestId("toast")
    .getByText(/no se sumó otra vez/u)
    .waitFor();
  assert.equal(await balanceOf(valle.id), 4_950_000);
});

test("more than the reseller has is refused, told in the question, and moves nothing", async () => {
  const [, customer] = valle.customers;
  assert.ok(customer);
  const page = await enterReseller();
  await go(page, `/operador/cuentas/${customer.id}`);
  await page.getByTestId("balance").getByText(/0,00/u).waitFor();
  await page.getByLabel("Monto", { exact: true }).fill("9.000.000");
  await page.getByLabel("Referencia", { exact: true }).fill("demasiado");
  await page.getByTestId("hand-on").click();
  const asked = page.getByTestId("typed-sum").getByRole("dialog");
  await asked.getByTestId("sum-again").fill("9.000.000");
  await asked.getByTestId("sum-yes").click();
  await asked.getByTestId("problem").waitFor();
  await page.keyboard.press("Escape");
  await asked.waitFor({ state: "detached" });
  assert.equal(await balanceOf(customer.id), 0);
});

/** The operator's pages and the reseller's, each of them loaded. */
async function eachPage(wish: ConsoleWish, look: (page: Page, what: string) => Promise<void>) {
  const operator = await visits.enter("owner", wish);
  const own = await enterReseller(wish);
  for (const [page, path] of [
    [operator, "/operador?ver=revendedores"],
    [operator, `/operador/revendedores/${valle.id}`],
    [own, "/operador?ver=revendedores"],
    [own, `/operador/cuentas/${valle.customers[0]?.id}`],
    [own, `/operador/cuentas/${valle.id}`],
  ] as const) {
    await go(page, path);
    await page.locator("h1").first().waitFor();
    await page.locator("[aria-busy='true']").first().waitFor({ state: "detached" });
    await look(page, `${page === own ? "reseller" : "operator"} ${path}`);
  }
  await go(own, `/operador/cuentas/${valle.customers[0]?.id}`);
  await own.locator('[data-testid="hand-on"]').waitFor();
  await own
    .locator("form")
    .filter({ has: own.getByTestId("hand-on") })
    .locator("input")
    .first()
    .fill("10");
  await own
    .locator("form")
    .filter({ has: own.getByTestId("hand-on") })
    .locator("input")
    .nth(1)
    .fill("x");
  await own.getByTestId("hand-on").click();
  await own.getByTestId("sum-again").waitFor();
  await look(own, "the question");
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`nobody is shut out of the resellers' pages: axe finds nothing serious, ${colorScheme}`, async () => {
    const found: Record<string, string[]> = {};
    await eachPage({ colorScheme }, async (page, what) => {
      const faults = await findSeriousFaults(page);
      if (faults.length > 0) found[what] = faults;
    });
    assert.deepEqual(found, {});
  });
}

test("390 px wide nothing on the resellers' pages is wider than the screen", async () => {
  await eachPage({ width: 390, height: 844, locale: "en-US" }, async (page, what) => {
    const over = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assert.ok(Number(over) <= 0, `${what} is wider than the screen by ${over} px`);
  });
});
