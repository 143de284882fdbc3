import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { findFaultsInBothColours } from "../../product/browser.ts";
import { codeOf, signInAs, waitUntilUsable } from "../../product/console-page.ts";
import { type ConsoleVisits, startConsoleVisits } from "../../product/console-visits.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type ProductInPieces, startProductInPieces } from "../../start-product.ts";

let visits: ConsoleVisits<ProductInPieces>;
let product: ProductInPieces;
before(async () => {
  visits = await startConsoleVisits(startProductInPieces);
  product = visits.product;
});
after(() => visits?.stop());
afterEach(() => visits.leave());

const visit: typeof visits.visit = (wish) => visits.visit(wish);
const enter: typeof visits.enter = (role, wish) => visits.enter(role, wish);
const go: typeof visits.go = (page, path) => visits.go(page, path);
const personOf: typeof visits.personOf = (role) => visits.personOf(role);
const overflowOf = (page: Page) =>
  page.evaluate("document.documentElement.scrollWidth - innerWidth").then(Number);
const backgroundOf = (page: Page) =>
  page.evaluate("getComputedStyle(document.body).backgroundColor");

test("whoever is not signed in is asked to, and then lands where they wanted to go", async () => {
  const page = await visit({ at: "/personas" });
  await signInAs(page, personOf("owner"));
  await page.getByRole("heading", { name: "Personas" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/personas");
});

test("a wrong password says so, does not say which part was wrong, and lets nobody in", async () => {
  const page = await visit();
  const said: (string | null)[] = [];
  for (const login of [personOf("agent").login, "nobody-at-all"]) {
    await page.getByTestId("login").fill(login);
    await page.getByTestId("password").fill("not the password");
    await page.getByTestId("enter").click();
    await page.getByTestId("problem").waitFor();
    await waitUntil(
      "the answer",
      async () => (await page.getByTestId("password").inputValue()) === "",
    );
    said.push(await page.getByTestId("problem").textContent());
  }
  assert.equal(said[0], said[1]);
  await go(page, "/personas");
  await page.getByTestId("login").waitFor();
});

test("where no e-mail leaves, who forgot a password is told whom to ask, before typing anything", async () => {
  const page = await visit();
  await page.getByTestId("forgot").click();
  await page.getByTestId("no-mail").waitFor();
  assert.equal(await page.getByTestId("ask-for-link").count(), 0);
  await page.getByTestId("back-to-door").click();
  await page.getByTestId("login").waitFor();
});

test("an address of another house is not followed after signing in", async () => {
  const page = await visit({ at: "/entrar?volver=//example.com/x" });
  await signInAs(page, personOf("agent"));
  assert.ok(page.url().startsWith(product.demo.baseUrl));
});

test("two-step verification: set up by its key, asked for at the next visit, and a recovery code works once", async () => {
  const page = await enter("developer", { at: "/mi-cuenta" });
  await page.getByTestId("turn-on").click();
  await page.getByTestId("second-password").fill(personOf("developer").password);
  await page.getByTestId("second-begin").click();
  const secret = await page.getByTestId("otp-secret").inputValue();
  await page.getByTestId("second-code").fill(codeOf(secret));
  await page.getByTestId("second-confirm").click();
  await page.getByTestId("recovery-codes").locator("li").first().waitFor();
  const codes = await page.getByTestId("recovery-codes").locator("li").allTextContents();
  assert.ok(codes.length >= 8);
  await page.getByTestId("codes-kept").click();
  await page.locator('[data-testid="second-factor"][data-on="true"]').waitFor();
  const [recovery = ""] = codes;
  await comeByRecoveryCode(recovery, true);
  await comeByRecoveryCode(recovery, false);
});

async function comeByRecoveryCode(code: string, lets: boolean): Promise<void> {
  const page = await visit();
  const { login, password } = personOf("developer");
  await page.getByTestId("login").fill(login);
  await page.getByTestId("password").fill(password);
  await page.getByTestId("enter").click();
  await page.getByTestId("code").waitFor();
  await page.getByTestId("other-code").click();
  await page.getByTestId("code").fill(code);
  await page.getByTestId("give-code").click();
  await (lets ? page.locator("#main") : page.getByTestId("problem")).waitFor();
}

test("somebody is invited, chooses a password by the link, comes in, and is shut out again", async () => {
  const page = await enter("owner", { at: "/personas" });
  await page.getByTestId("invite").click();
  await page.getByTestId("person-name").fill("Nicolás Peña");
  await page.getByTestId("person-login").fill("nicolas");
  await page.getByTestId("send-invitation").click();
  const link = await page.getByTestId("one-time-link").inputValue();
  await page.getByTestId("done").click();
  const other = await visit();
  await other.goto(link);
  await other.getByRole("heading", { name: "Hola, Nicolás Peña" }).waitFor();
  assert.equal(new URL(other.url()).hash, "", "the secret stays in the address");
  await other.getByTestId("new-password").fill("una frase que recuerdo");
  await other.getByTestId("set-password").click();
  await signInAs(other, { login: "nicolas", password: "una frase que recuerdo" });
  await page.getByText("Nicolás Peña").click();
  await page.getByTestId("disable-person").click();
  await page.getByTestId("confirm-yes").click();
  await page.getByTestId("enable-person").waitFor();
  await go(other, "/mi-cuenta");
  await other.getByTestId("login").waitFor();
});

test("a role sees its own places only, and a page that it may not see says so", async () => {
  const page = await enter("agent");
  await page.getByTestId("nav-contactos").waitFor();
  assert.equal(await page.getByTestId("nav-personas").count(), 0);
  await go(page, "/personas");
  await page.getByText("No tiene permiso para ver esta página").waitFor();
  await page.getByTestId("nav-contactos").waitFor();
});

test("what opened a dialog has the focus again when it is shut by its key", async () => {
  const page = await enter("owner", { at: "/tokens" });
  const opener = page.locator("#main").getByRole("button", { name: "Crear token" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const focused = () => page.evaluate("document.activeElement.textContent");
  await waitUntil("the focus", async () => String(await focused()).trim() === "Crear token");
});

test("Spanish and English, light and dark: both switch at once, and stay after reloading", async () => {
  const page = await enter("supervisor");
  assert.equal(await page.locator("html").getAttribute("lang"), "es");
  const light = await backgroundOf(page);
  await page.getByTestId("person-menu").click();
  await page.getByTestId("language").click();
  await page.getByTestId("nav-contactos").getByText("Contacts").waitFor();
  await page.getByTestId("theme").click();
  await page.getByTestId("theme").click();
  const dark = await backgroundOf(page);
  assert.notEqual(dark, light);
  await page.reload();
  await page.getByTestId("nav-contactos").getByText("Contacts").waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(await backgroundOf(page), dark);
});

test("390 px wide: every place is reached by the bar and its drawer, and nothing is wider than the screen", async () => {
  const page = await enter("owner", { width: 390, height: 844 });
  for (const path of ["/", "/personas", "/tokens", "/auditoria", "/ajustes", "/mi-cuenta"]) {
    await go(page, path);
    await page.locator("#main h1, #main h2").first().waitFor();
    assert.ok((await overflowOf(page)) <= 0, `${path} is wider than the screen`);
  }
  await page.getByTestId("more").click();
  await page.getByRole("dialog").getByTestId("nav-tokens").click();
  await page.getByRole("heading", { name: "Tokens" }).waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

test("with the keyboard alone: in, by the palette to a page, by two keys to another, the sheet, and out", async () => {
  const page = await visit();
  const { login, password } = personOf("administrator");
  // Keys go where the focus is.
  await page.locator('[data-testid="login"]:focus').waitFor();
  await page.keyboard.type(login);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.locator("#main").waitFor();
  await waitUntilUsable(page);
  await page.keyboard.press("Control+k");
  await page.locator('[data-testid="palette-field"]:focus').waitFor();
  await page.keyboard.type("auditoria");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Auditoría" }).waitFor();
  await page.getByTestId("palette-field").waitFor({ state: "detached" });
  // The second has to come soon after the first, however slow whoever presses them is.
  await Promise.all([page.keyboard.press("g"), page.keyboard.press("t")]);
  await page.getByRole("heading", { name: "Tokens" }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("heading", { name: "Atajos de teclado" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await page.locator('[data-testid="palette-field"]:focus').waitFor();
  await page.keyboard.type("salir");
  await page.keyboard.press("Enter");
  await page.getByTestId("login").waitFor();
});

test("a token is shown once, works, and does not after it was revoked", async () => {
  const page = await enter("owner", { at: "/tokens" });
  await page.getByTestId("create-token").click();
  await page.getByTestId("token-label").fill("prueba");
  await page.getByText("API /v1", { exact: true }).last().click();
  await page.getByTestId("make-token").click();
  const token = await page.getByTestId("made-token").inputValue();
  await page.getByTestId("token-kept").click();
  const ask = async () => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${product.demo.baseUrl}/v1/templates`, { headers })).status;
  };
  assert.equal(await ask(), 200);
  await page.getByTestId("row").filter({ hasText: "prueba" }).getByTestId("revoke").click();
  await page.getByTestId("confirm-yes").click();
  await page.getByTestId("row").filter({ hasText: "prueba" }).getByText("Revocado").waitFor();
  assert.equal(await ask(), 401);
});

test("without a network the installed console shows its frame, and nothing that the server once answered", async () => {
  const page = await enter("owner");
  await page.evaluate("navigator.serviceWorker.ready.then(() => 0)");
  await page.reload();
  await page.locator("#main").waitFor();
  const kept = (await page.evaluate(
    "caches.keys().then((names) => Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).then((lists) => lists.flat())",
  )) as string[];
  assert.ok(kept.length > 3);
  assert.deepEqual(
    kept.filter((path) => /^\/(v1|console|admin|media)/u.test(path)),
    [],
  );
  await page.context().setOffline(true);
  await page.reload();
  await page.getByTestId("empty").waitFor();
});

test("nobody is shut out: axe finds nothing serious, light or dark", async () => {
  const page = await visit();
  const found: Record<string, string[]> = {};
  await page.getByTestId("login").waitFor();
  found["sign in"] = await findFaultsInBothColours(page);
  await signInAs(page, personOf("owner"));
  for (const path of ["/", "/personas", "/tokens", "/auditoria", "/ajustes", "/mi-cuenta"]) {
    await go(page, path);
    await page.locator("#main h1, #main h2").first().waitFor();
    found[path] = await findFaultsInBothColours(page);
  }
  await page.getByTestId("person-menu").click();
  await page.getByTestId("theme").waitFor();
  found.menu = await findFaultsInBothColours(page);
  await page.keyboard.press("Escape");
  await page.getByTestId("theme").waitFor({ state: "hidden" });
  await page.keyboard.press("Control+k");
  await page.getByTestId("palette-field").waitFor();
  found.palette = await findFaultsInBothColours(page);
  await go(page, "/personas");
  await page.getByTestId("row").first().click();
  await page.getByTestId("save-person").waitFor();
  found.person = await findFaultsInBothColours(page);
  const faulty = Object.entries(found).filter(([, list]) => list.length > 0);
  assert.deepEqual(Object.fromEntries(faulty), {});
});
