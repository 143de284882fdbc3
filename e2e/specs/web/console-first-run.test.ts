import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { findSeriousFaults } from "../../product/browser.ts";
import { type ConsoleVisits, startConsoleVisits } from "../../product/console-visits.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* Somebody whose account was made a minute ago, and has nothing: each step in its turn, until the first message has left. */

const NUMBER = {
  ...{ id: "1042000000077", wabaId: "2077000000077", displayNumber: "573115550077" },
  ...{ verifiedName: "Panadería La Espiga", accessToken: "acceso-de-la-espiga" },
  ...{ appSecret: "secreto-de-la-espiga", verifyToken: "palabra-de-la-espiga" },
};
const PASSWORD = "una frase que recuerdo bien";

let visits: ConsoleVisits<Product>;
let product: Product;
let account: string;
before(async () => {
  visits = await startConsoleVisits(startProduct);
  product = visits.product;
  account = await json("account", "create", NUMBER.verifiedName);
  for (const role of ["owner", "developer"]) {
    const user = ["user", "create", account, `espiga-${role}`, "--role", role, "--password", "-"];
    await product.cli.json(user, `${PASSWORD}\n`);
  }
});
after(() => visits?.stop());
afterEach(() => visits.leave());

/** Runs `recado` and gives the id of what it made. */
async function json(...args: string[]): Promise<string> {
  return (await product.cli.json<{ id: string }>(args)).id;
}

function enterAs(role: "owner" | "developer"): Promise<Page> {
  return visits.visit({ at: "/inicio", person: { login: `espiga-${role}`, password: PASSWORD } });
}

const stepOf = (page: Page, id: string) => page.getByTestId(`step-${id}`);
const waitForNext = (page: Page, id: string) =>
  page.locator(`[data-testid="step-${id}"][data-next="true"]`).waitFor();

test("an account with nothing says whom to ask, to its developer too, and no empty page is a dead end", async () => {
  const page = await enterAs("developer");
  await waitForNext(page, "number");
  await stepOf(page, "number").getByText("Esto lo hace quien opera la plataforma.").waitFor();
  assert.equal(await stepOf(page, "number").locator("input").inputValue(), account);
  assert.equal(await page.getByTestId("step-people").count(), 0, "a developer invites nobody");
  assert.deepEqual(await findSeriousFaults(page), []);
  for (const path of ["/mensajes", "/plantillas", "/webhooks", "/tokens"]) {
    await visits.go(page, path);
    await page.getByTestId("empty").waitFor();
    assert.deepEqual(await findSeriousFaults(page), [], path);
  }
});

test("each step follows when the one before it is done, until the first message has left", async () => {
  const page = await enterAs("owner");
  await waitForNext(page, "number");
  const channel = await connectNumber();
  await stepOf(page, "number").getByText("ningún proyecto").waitFor();
  await json("project", "create", account, "Pedidos", "--channel", channel);
  await waitForNext(page, "balance");
  await stepOf(page, "balance").getByText("Los mensajes todavía no tienen precio").waitFor();
  const book = await json("price-book", "create", "Lista de la Espiga");
  const price = ["price", "set", book, "--country", "CO", "--category", "utility"];
  await product.cli.json([...price, "--amount", "30"]);
  await product.cli.json(["account", "update", account, "--price-book", book]);
  await stepOf(page, "balance").getByText("Los mensajes se cobran").waitFor();
  await product.cli.json(["topup", account, "5000", "--reference", "primera"]);
  await waitForNext(page, "template");
  await writeTemplate(page);
  await visits.go(page, "/inicio");
  await waitForNext(page, "message");
  await stepOf(page, "message").getByRole("link", { name: "Probar un envío" }).click();
  await page.getByLabel("Celular").fill("573001230077");
  await page.getByLabel("Variable 1").fill("Laura");
  await page.locator("#main").getByRole("button", { name: "Enviar", exact: true }).click();
  await page.getByTestId("answer").getByText("HTTP 202").waitFor();
  await visits.go(page, "/inicio");
  await stepOf(page, "message").getByText("El último salió el").waitFor();
  await waitForNext(page, "token");
});

/** As whoever runs the platform does, with WhatsApp's verification of the address. */
async function connectNumber(): Promise<string> {
  const args = ["channel", "add", account, "--number", NUMBER.displayNumber];
  args.push("--number-id", NUMBER.id, "--business-id", NUMBER.wabaId, "--access-token", "-");
  args.push("--app-secret", NUMBER.appSecret, "--verify-token", NUMBER.verifyToken);
  args.push("--base-url", `${product.simulator.url}/meta`);
  const made = await product.cli.json<{ channel: { id: string }; hookUrl: string }>(
    args,
    `${NUMBER.accessToken}\n`,
  );
  await product.simulator.registerNumber({ ...NUMBER, callbackUrl: made.hookUrl });
  return made.channel.id;
}

async function writeTemplate(page: Page): Promise<void> {
  await stepOf(page, "template").getByRole("link", { name: "Escribir una plantilla" }).click();
  await page.getByLabel(/^Nombre/u).fill("Pan Calientico");
  await page.getByLabel("Cuerpo").fill("Hola {{1}}, su pedido de pan ya está listo para recoger.");
  await page.getByLabel("Ejemplo para {{1}}").fill("Laura");
  await page.locator("#main").getByRole("button", { name: "Guardar borrador" }).click();
  await page.locator("#main").getByRole("button", { name: "Enviar a revisión" }).click();
  const submitted = await waitUntil("the template at WhatsApp", async () => {
    const answer = await fetch(`${product.demo.simulatorUrl}/sim/templates`);
    const templates = (await answer.json()) as { id: string; name: string }[];
    return templates.find(({ name }) => name === "pan_calientico");
  });
  await visits.go(page, "/inicio");
  await stepOf(page, "template").getByText("WhatsApp está revisando una").waitFor();
  await product.simulator.decideTemplate(submitted.id, { status: "APPROVED" });
  await page.locator('[data-testid="step-template"][data-done="true"]').waitFor();
}
