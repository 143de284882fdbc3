import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { findFaultsInBothColours } from "../../product/browser.ts";
import { signInAs } from "../../product/console-page.ts";
import { type ConsoleVisits, startConsoleVisits } from "../../product/console-visits.ts";
import { findDemoAccount } from "../../product/find-demo-account.ts";
import { type MailCatcher, startMailCatcher } from "../../product/mail-catcher.ts";
import { waitForToast } from "../../product/toasts.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

let mail: MailCatcher;
let product: Product;
let visits: ConsoleVisits<Product>;
before(async () => {
  mail = await startMailCatcher();
  const env = { SMTP_URL: mail.url, MAIL_FROM: "Recado <avisos@example.com>" };
  visits = await startConsoleVisits(() => startProduct({ env }));
  product = visits.product;
});
after(async () => {
  await visits?.stop();
  await mail?.close();
});
afterEach(() => visits.leave());

const visit: typeof visits.visit = (wish) => visits.visit(wish);
const personOf: typeof visits.personOf = (role) => visits.personOf(role);
const enter: typeof visits.enter = (role, wish) => visits.enter(role, wish);
const go: typeof visits.go = (page, path) => visits.go(page, path);
const press = (page: Page, name: string) =>
  page.locator("#main").getByRole("button", { name, exact: true }).click();
const heading = (page: Page, name: string | RegExp) =>
  page.getByRole("heading", { name, level: 1 }).waitFor();

/** Of the mail, whose lines may be broken for the way (RFC 2045 §6.7). */
function findLink(text: string): string | undefined {
  const whole = text.replaceAll("=\r\n", "").replaceAll("=3D", "=");
  return /http\S+\/link#[\w-]{43}/u.exec(whole)?.[0];
}

test("who forgot a password gets a link by mail that works once, and every other session ends", async () => {
  const person = personOf("read-only");
  const old = await enter("read-only");
  const page = await visit();
  await page.getByTestId("forgot").click();
  await page.getByTestId("forgotten-login").fill("nadie@example.com");
  await page.getByTestId("ask-for-link").click();
  const answer = await page.getByTestId("reset-asked").textContent();
  await page.getByTestId("back-to-door").click();
  await page.getByTestId("forgot").click();
  await page.getByTestId("forgotten-login").fill(person.login);
  await page.getByTestId("ask-for-link").click();
  await page.getByTestId("reset-asked").waitFor();
  const same = await page.getByTestId("reset-asked").textContent();
  assert.equal(same?.replace(person.login, ""), answer?.replace("nadie@example.com", ""));
  const text = await waitUntil("the mail", () => mail.mails.find((each) => findLink(each)));
  assert.ok(text.includes(`To: ${person.email}`), text);
  const link = findLink(text) ?? "";
  await page.goto(link);
  await page.getByTestId("new-password").fill("otra frase que recuerdo");
  await page.getByTestId("set-password").click();
  await signInAs(page, { login: person.login, password: "otra frase que recuerdo" });
  await go(old, "/mi-cuenta");
  await old.getByTestId("login").waitFor();
  const again = await visit();
  await again.goto(link);
  await again.getByTestId("problem").waitFor();
  const secret = link.split("#")[1] ?? "";
  assert.ok(secret !== "" && !product.log().includes(secret), "the link stands in the log");
});

test("language and colours follow their person to a new browser", async () => {
  const page = await enter("developer", { at: "/mi-cuenta" });
  const saved = page.waitForResponse((answer) => answer.url().includes("preferences"));
  await page.getByText("English", { exact: true }).click();
  await saved;
  const savedToo = page.waitForResponse((answer) => answer.url().includes("preferences"));
  await page.getByText("Dark", { exact: true }).click();
  await savedToo;
  const other = await enter("developer");
  await other.getByTestId("nav-contactos").getByText("Contacts").waitFor();
  await other.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  assert.equal(await other.locator("html").getAttribute("lang"), "en");
});

test("a project's cap is set by its administrator; the operator's own stays above and is told", async () => {
  const { demo, cli } = product;
  const page = await enter("administrator", { at: "/ajustes" });
  await page.getByTestId("cap-messages").fill("500");
  await page.getByTestId("cap-amount").fill("250.000");
  await page.getByText(/= \$\s250\.000,00/u).waitFor();
  await page.getByTestId("save-cap").click();
  await waitForToast(page, "Ajustes guardados");
  const accountId = await findDemoAccount(cli);
  const list = () =>
    cli.json<{ messagesMax: number; amountMax: string }[]>(["cap", "list", accountId]);
  const [cap] = await list();
  assert.deepEqual([cap?.messagesMax, Number(cap?.amountMax)], [500, 250_000]);
  const project = ["--project", demo.projectId];
  await cli.json(["cap", "set", accountId, ...project, "--messages", "100"]);
  await page.reload();
  await page.getByTestId("operator-cap").getByText("100 mensajes").waitFor();
  assert.equal(await page.getByTestId("cap-messages").inputValue(), "500");
  await cli.json(["cap", "set", accountId, ...project]);
  await page.reload();
  await page.getByTestId("cap-messages").fill("");
  await page.getByTestId("cap-amount").fill("");
  await page.getByTestId("save-cap").click();
  await waitUntil("no cap", async () => (await list()).length === 0);
});

test("an operator tops up in the thousands of the language, and sees it in the ledger", async () => {
  const page = await enter("owner", { at: "/operador" });
  await makeAccount(page, "Ferretería El Tornillo");
  await page.getByLabel("Monto", { exact: true }).fill("50.000");
  await page.getByText(/= \$\s50\.000,00/u).waitFor();
  await page.getByLabel("Referencia", { exact: true }).fill("consignación 9");
  await page.getByLabel("Nota", { exact: true }).fill("en efectivo");
  await press(page, "Recargar");
  await page.getByTestId("row").filter({ hasText: "consignación 9" }).waitFor();
  await page.getByTestId("balance").filter({ hasText: "50.000,00" }).waitFor();
  await page.getByLabel("Mensajes por día").fill("1.000");
  await press(page, "Fijar el tope");
  await page.getByTestId("account-cap").getByText("0 de 1.000 mensajes").waitFor();
  await press(page, "Quitar el tope");
  await page.getByTestId("account-cap").getByText("Sin tope.").waitFor();
  const download = page.waitForEvent("download");
  await press(page, "Descargar el extracto");
  assert.equal(await (await download).failure(), null);
});

test("a number is connected step by step; what is wrong is told with its cure, and what is secret is shown to nobody again", async () => {
  const page = await enter("owner", { at: "/operador" });
  await makeAccount(page, "Óptica Mirador");
  await press(page, "Conectar un número");
  await heading(page, "Conectar un número");
  await page.getByTestId("new-number").fill("+57 300 520 9001");
  await page.getByTestId("new-number-id").fill("109001");
  await page.getByTestId("new-business-id").fill("209001");
  await page.getByTestId("new-access-token").fill("EAAnot-a-token");
  await page.getByTestId("new-app-secret").fill("0123456789abcdef0123456789abcdef");
  await page.getByTestId("add-number").click();
  const verifyToken = await page.getByTestId("verify-token").inputValue();
  assert.ok(verifyToken.length > 10);
  assert.match(await page.getByTestId("hook-url").inputValue(), /\/hooks\/meta-cloud\//u);
  await page.getByTestId("new-project").fill("Citas");
  await press(page, "Crear el proyecto");
  await waitForToast(page, "Cambios guardados");
  const shown: string[] = [];
  page.on("response", async (answer) => {
    if (answer.url().includes("/admin/")) shown.push(await answer.text().catch(() => ""));
  });
  await go(page, "/operador?ver=numeros");
  const row = page.getByTestId("row").filter({ hasText: "Óptica Mirador" });
  await row.getByRole("button", { name: "Revisar" }).click();
  await page.getByTestId("channel-report").getByText("Token", { exact: true }).waitFor();
  const all = shown.join("\n");
  for (const secret of [verifyToken, "EAAnot-a-token", "0123456789abcdef0123456789abcdef"]) {
    assert.ok(!all.includes(secret), "a secret is shown again");
  }
});

test("each part of the operators' page has its address, and health tells the lanes' lag", async () => {
  const page = await enter("owner", { at: "/operador?ver=estado" });
  await page.getByTestId("doctor").getByText("Mensajes por enviar").waitFor();
  await page.getByRole("tab", { name: "Margen" }).click();
  await waitUntil("the address", () => page.url().includes("ver=margen"));
  await page.goBack();
  await page.getByTestId("doctor").waitFor();
});

async function makeAccount(page: Page, name: string): Promise<void> {
  await page.getByLabel("Nombre de la cuenta").fill(name);
  await press(page, "Crear una cuenta");
  await page.getByTestId("row").filter({ hasText: name }).click();
  await heading(page, name);
}

const PATHS = [
  "/olvido",
  ...["cuentas", "numeros", "precios", "margen", "estado"].map((tab) => `/operador?ver=${tab}`),
  "/ajustes",
];

async function eachPage(page: Page, look: (path: string) => Promise<void>): Promise<void> {
  await page.getByTestId("row").first().click();
  await page.getByTestId("balance").waitFor();
  const account = new URL(page.url()).pathname;
  for (const path of [...PATHS, account, `${account}/numero`]) {
    await go(page, path);
    await page.locator("h1").first().waitFor();
    await page.locator("[aria-busy='true']").first().waitFor({ state: "detached" });
    await look(path);
  }
}

test("nobody is shut out of the operators' pages: axe finds nothing serious, light or dark", async () => {
  const page = await enter("owner", { at: "/operador" });
  const found: Record<string, string[]> = {};
  await eachPage(page, async (path) => {
    const faults = await findFaultsInBothColours(page);
    if (faults.length > 0) found[path] = faults;
  });
  assert.deepEqual(found, {});
});

test("390 px wide nothing on the operators' pages is wider than the screen", async () => {
  const page = await enter("owner", { at: "/operador", width: 390, height: 844, locale: "en-US" });
  await eachPage(page, async (path) => {
    const over = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assert.ok(Number(over) <= 0, `${path} is wider than the screen by ${over} px`);
  });
});
