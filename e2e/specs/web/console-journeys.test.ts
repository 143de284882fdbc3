import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { findFaultsInBothColours } from "../../product/browser.ts";
import type { ConsoleWish } from "../../product/console-page.ts";
import { type ConsoleVisits, startConsoleVisits } from "../../product/console-visits.ts";
import { findTemplate } from "../../product/demo-templates.ts";
import { paintShoe } from "../../product/paint-shoe.ts";
import { waitForToast } from "../../product/toasts.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

const FAILING = "573009131048";

let visits: ConsoleVisits<Product>;
let product: Product;
before(async () => {
  visits = await startConsoleVisits(startProduct);
  product = visits.product;
});
after(() => visits?.stop());
afterEach(() => visits.leave());

const enterAt = (at: string, wish?: ConsoleWish) => visits.enter("owner", { ...wish, at });
const go: typeof visits.go = (page, path) => visits.go(page, path);
const press = (page: Page, name: string) =>
  page.locator("#main").getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string) =>
  page.locator("#main").getByRole("link", { name, exact: true }).click();
const heading = (page: Page, name: string | RegExp) =>
  page.getByRole("heading", { name, level: 1 }).waitFor();

test("an integrator: first steps, a template, an address for webhooks, a send, its flight recorder, its delivery", async () => {
  const page = await enterAt("/inicio");
  await page.getByTestId("steps").getByText("Conectar un número").waitFor();
  await writeTemplate(page);
  await addEndpoint(page);
  await trySending(page);
  const recorder = page.getByTestId("recorder");
  for (const step of ["Aceptado", "Cobro", "Llamada 1 a WhatsApp", "Leído"]) {
    await recorder.getByText(step).first().waitFor();
  }
  await go(page, "/webhooks");
  await page.getByTestId("row").filter({ hasText: "/consola" }).click();
  await page.getByTestId("row").filter({ hasText: "delivered" }).first().click();
  await heading(page, "Entrega de «delivered»");
  await page.getByText("Intento 1").waitFor();
  await page.getByRole("region", { name: "Lo que se envía" }).getByText("wamid.").waitFor();
  await press(page, "Reenviar");
  await waitForToast(page, "Se reenvía con su mismo id.");
});

/** Wrong at first, so that the linter objects; then right, saved, submitted and approved. */
async function writeTemplate(page: Page): Promise<void> {
  await go(page, "/plantillas");
  await follow(page, "Escribir una plantilla");
  // Not the list's "Buscar por nombre", which stands there until the editor does.
  const name = page.getByLabel(/^Nombre/u);
  await name.fill("Viaje Listo");
  const nameNow = () => name.inputValue();
  await waitUntil("a name that WhatsApp takes", async () => (await nameNow()) === "viaje_listo");
  await page.getByLabel("Cuerpo").fill("Hola {{1}}, su viaje *ya está listo*. ¡Que lo disfrute!");
  await page.getByTestId("findings").getByText("Lo rechazaría").first().waitFor();
  await page.getByLabel("Ejemplo para {{1}}").fill("Laura");
  await page.getByTestId("preview").getByText("Hola Laura, su viaje").waitFor();
  await page.getByTestId("findings").getByText("Nada que objetar.").waitFor();
  await press(page, "Guardar borrador");
  await heading(page, /viaje_listo/u);
  await press(page, "Enviar a revisión");
  const submitted = await waitUntil("the template at WhatsApp", async () => {
    const answer = await fetch(`${product.demo.simulatorUrl}/sim/templates`);
    const templates = (await answer.json()) as { id: string; name: string }[];
    return templates.find(({ name }) => name === "viaje_listo");
  });
  await product.simulator.decideTemplate(submitted.id, { status: "APPROVED" });
  await page.locator("#main").getByText("Aprobada", { exact: true }).first().waitFor();
}

async function addEndpoint(page: Page): Promise<void> {
  await go(page, "/webhooks");
  await press(page, "Agregar una dirección");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("URL").fill(`${product.demo.simulatorUrl}/sim/receiver/consola`);
  await dialog.getByRole("button", { name: "Agregar una dirección" }).click();
  await keepSecret(page);
  await page.getByTestId("row").filter({ hasText: "/consola" }).click();
  await press(page, "Probar");
  await waitForToast(page, "Respondió HTTP 200.");
}

/** The secret that is shown this once. */
async function keepSecret(page: Page): Promise<string> {
  const secret = await page.getByTestId("made-secret").inputValue();
  assert.match(secret, /^whsec_/u);
  await page.getByRole("button", { name: "Ya lo guardé" }).click();
  return secret;
}

test("an address for webhooks is limited, changed, given a new secret, shut, opened and removed", async () => {
  const { simulator, demo } = product;
  const page = await enterAt("/webhooks");
  await press(page, "Agregar una dirección");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("URL").fill("http://10.0.0.1/privada");
  await dialog.getByLabel("Encabezados propios").fill("sin dos puntos");
  await dialog.getByText("Cada línea es un nombre, dos puntos y un valor.").waitFor();
  await dialog.getByLabel("Encabezados propios").fill("X-Sistema: pedidos");
  await dialog.getByRole("button", { name: "Agregar una dirección" }).click();
  await dialog.getByTestId("problem").waitFor();
  await dialog.getByLabel("URL").fill(`${demo.simulatorUrl}/sim/receiver/limitada`);
  await dialog.getByLabel("Eventos").first().click();
  await page.getByRole("option", { name: "template.*" }).click();
  await dialog.getByRole("button", { name: "Agregar una dirección" }).click();
  const first = await keepSecret(page);
  await page.getByTestId("row").filter({ hasText: "/limitada" }).click();
  const facts = page.locator("#main dl");
  await facts.getByText("template.*").waitFor();
  await facts.getByText("x-sistema").waitFor();
  await press(page, "Cambiar");
  await dialog.getByLabel("Avisos por segundo").fill("5");
  await dialog.getByRole("button", { name: "Guardar" }).click();
  await facts.getByText("5", { exact: true }).waitFor();
  await facts.getByText("x-sistema").waitFor();
  await press(page, "Cambiar el secreto");
  await page.getByTestId("confirm-yes").click();
  assert.notEqual(await keepSecret(page), first);
  await press(page, "Desactivar");
  await facts.getByText("Alguien de la cuenta la desactivó.").waitFor();
  await press(page, "Activar");
  await page.locator("#main").getByText("Activa", { exact: true }).waitFor();
  await press(page, "Reenviar lo perdido");
  await waitForToast(page, "Se reenviarán 0 avisos.");
  await simulator.receiverBehaviour("limitada", { status: 500, times: 1 });
  await press(page, "Probar");
  await waitForToast(page, "No respondió bien: respondió 500");
  await press(page, "Eliminar");
  await dialog.getByRole("button", { name: "Eliminar" }).click();
  await heading(page, "Webhooks");
  await page.getByTestId("row").first().waitFor();
  await page.getByTestId("row").filter({ hasText: "/limitada" }).waitFor({ state: "detached" });
});

test("a template: errors cannot be insisted on and warnings can, its picture goes along, and it is deleted at WhatsApp too", async () => {
  const page = await enterAt("/plantillas/nueva");
  await page.getByLabel(/^Nombre/u).fill("Foto del pedido");
  await page
    .getByLabel("Cuerpo")
    .fill(`Su pedido ya está listo para recoger ${"🍞".repeat(20)} hoy.`);
  await page.getByLabel("Encabezado").first().click();
  await page.getByRole("option", { name: "Imagen" }).click();
  await follow(page, "Plantillas");
  await page.getByText("Hay cambios sin guardar").waitFor();
  await page.getByRole("button", { name: "Cancelar" }).click();
  await press(page, "Guardar borrador");
  await heading(page, /foto_del_pedido/u);
  const dialog = page.getByRole("dialog");
  await press(page, "Enviar a revisión");
  await dialog.getByText("Lo rechazaría").first().waitFor();
  assert.equal(await dialog.getByText("Enviar a pesar de las advertencias").count(), 0);
  await page.keyboard.press("Escape");
  await follow(page, "Editar");
  const chooser = page.waitForEvent("filechooser");
  await page.getByLabel("Archivo de muestra").click();
  const buffer = paintShoe();
  await (await chooser).setFiles({ name: "pan.png", mimeType: "image/png", buffer });
  await page.getByText("Ya hay uno. Elija otro para cambiarlo.").waitFor();
  await press(page, "Guardar borrador");
  await press(page, "Enviar a revisión");
  await dialog.getByText("Le molestaría").first().waitFor();
  await dialog.getByRole("button", { name: "Enviar a pesar de las advertencias" }).click();
  await page.locator("#main").getByText("En revisión", { exact: true }).first().waitFor();
  assert.ok((await templatesThere()).includes("foto_del_pedido"));
  await press(page, "Eliminar");
  await dialog.getByRole("button", { name: "Eliminar" }).click();
  await heading(page, "Plantillas");
  await press(page, "Traer de WhatsApp");
  await waitForToast(page, "actualizadas");
  const gone = page.getByTestId("row").filter({ hasText: "foto_del_pedido" });
  await gone.waitFor({ state: "detached" });
  assert.equal((await templatesThere()).includes("foto_del_pedido"), false);
});

/** The names that WhatsApp has. */
async function templatesThere(): Promise<string[]> {
  const answer = await fetch(`${product.demo.simulatorUrl}/sim/templates`);
  return ((await answer.json()) as { name: string }[]).map(({ name }) => name);
}

test("a refused try says why and is tried again at once; free text goes out while the window is open", async () => {
  const { simulator, demo } = product;
  const mobile = "573004445599";
  await simulator.inbound({ from: mobile, to: demo.officialNumber, text: "¿Está *listo*?" });
  const page = await enterAt("/probar?plantilla=3");
  await page.getByText("Gracias por su compra.").waitFor();
  await page.getByLabel("Plantilla").first().click();
  await page.getByRole("option", { name: /Texto libre/u }).click();
  await page.getByLabel("Texto", { exact: true }).fill("Sí, *ya está*.");
  await page.getByLabel("Celular").fill("12");
  await press(page, "Enviar");
  await page.getByTestId("answer").getByText("HTTP 422").waitFor();
  await page.getByLabel("Celular").fill(mobile);
  await press(page, "Enviar");
  await page.getByTestId("answer").getByText("HTTP 202").waitFor();
  await go(page, "/mensajes");
  const row = page.getByTestId("row").filter({ hasText: "Sí, ya está." });
  await row.click();
  await page.getByText("ya está", { exact: true }).and(page.locator("strong")).waitFor();
  await page.getByTestId("recorder").getByText("Aviso «sent», intento 1").first().click();
  await heading(page, "Entrega de «sent»");
});

async function trySending(page: Page): Promise<void> {
  await go(page, "/probar");
  await page.getByLabel("Celular").fill("+57 300 123 4567");
  await page.getByLabel("Plantilla").first().click();
  await page.getByRole("option", { name: /viaje_listo/u }).click();
  await page.getByLabel("Variable 1").fill("Laura");
  await page.getByLabel("custom_field").fill("viaje-7");
  for (const language of ["PHP", "Python", "JavaScript", "curl"]) {
    await page.getByRole("tab", { name: language }).click();
    await page.getByRole("tabpanel").getByText("viaje-7").waitFor();
  }
  await press(page, "Enviar");
  await page.getByTestId("answer").getByText("HTTP 202").waitFor();
  await page.getByTestId("answer").getByRole("link", { name: "Ver el mensaje" }).click();
  await heading(page, "Mensaje a +57 300 123 4567");
}

test("the manual's interface is tried with its own token, and a failed message says why and what came back", async () => {
  const { demo } = product;
  const page = await enterAt("/probar");
  await page.getByText("ws (la del manual)").click();
  await page.getByLabel("Usuario (login)").fill(demo.login);
  await page.getByLabel("Token", { exact: true }).fill(demo.token);
  await page.getByLabel("Celular").fill(FAILING);
  await page.getByLabel("Plantilla").first().click();
  await page.getByRole("option", { name: /saldo_disponible/u }).click();
  await page.getByLabel("Variable 1").fill("$ 100");
  await press(page, "Enviar");
  await page.getByTestId("answer").getByRole("link", { name: "Ver el mensaje" }).click();
  const recorder = page.getByTestId("recorder");
  await recorder.getByText("131048").waitFor();
  await recorder.getByText("Devolución").waitFor();
});

test("a scheduled message is cancelled from its page", async () => {
  const { demo } = product;
  const sendAt = new Date(Date.now() + 3_600_000).toISOString();
  const { id_template: id } = findTemplate(demo, { name: "gracias_por_su_compra" });
  const answer = await fetch(`${demo.baseUrl}/v1/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${demo.apiToken}`, "content-type": "application/json" },
    body: JSON.stringify({ mobile: "573104445566", template: { id }, send_at: sendAt }),
  });
  const message = (await answer.json()) as { id: string };
  const page = await enterAt(`/mensajes/${message.id}`);
  await press(page, "Cancelar el envío");
  await waitForToast(page, "Se canceló y se devolvió su precio.");
  await page.locator("#main").getByText("Cancelado", { exact: true }).first().waitFor();
});

test("an account watches its money: prices, an alert made and removed, and a file of the movements", async () => {
  const page = await enterAt("/saldo");
  await page.getByTestId("own-prices").getByText("Colombia").waitFor();
  await page.getByLabel("Avisar por debajo de").fill("cinco mil");
  await page.getByText(/^No es un monto/u).waitFor();
  await page.getByLabel("Avisar por debajo de").fill("5.000");
  await press(page, "Agregar aviso");
  await page.getByText(/Menos de \$\s5\.000/u).waitFor();
  await press(page, "Quitar este aviso");
  await page.getByText("No hay avisos.").waitFor();
  for (const name of ["Descargar CSV", "Descargar 30 días (CSV)"]) {
    const download = page.waitForEvent("download");
    await follow(page, name);
    assert.equal(await (await download).failure(), null, name);
  }
});

test("a contact is found without its accents, and renamed", async () => {
  const { simulator, demo } = product;
  await simulator.inbound({ from: "573167778899", to: demo.officialNumber, text: "¿Hay citas?" });
  const page = await enterAt("/contactos");
  await page.getByTestId("row").first().click();
  await page.getByLabel("Nombre", { exact: true }).fill("Íngrid Muñoz");
  await press(page, "Guardar");
  await heading(page, "Íngrid Muñoz");
  await follow(page, "Contactos");
  await page.getByLabel("Buscar por nombre o número").fill("ingrid munoz");
  await page.getByTestId("row").filter({ hasText: "Íngrid Muñoz" }).waitFor();
});

test("an operator: an account made, topped up once though asked twice, shut and opened; a number's doctor; a price", async () => {
  const page = await enterAt("/operador");
  await page.getByLabel("Nombre de la cuenta").fill("Panadería La Espiga");
  await press(page, "Crear una cuenta");
  await page.getByTestId("row").filter({ hasText: "Panadería La Espiga" }).click();
  await heading(page, "Panadería La Espiga");
  for (const said of ["Se recargó.", "Esa referencia ya estaba"]) {
    await page.getByLabel("Monto").fill("50000");
    await page.getByLabel("Referencia").fill("consignación 1");
    await press(page, "Recargar");
    await waitForToast(page, said);
    await waitUntil("the top-up", async () =>
      /50\.000,00/u.test((await page.getByTestId("balance").textContent()) ?? ""),
    );
  }
  await press(page, "Desactivar la cuenta");
  await page.getByTestId("confirm-yes").click();
  await press(page, "Activar la cuenta");
  await page.getByRole("button", { name: "Desactivar la cuenta" }).waitFor();
  await follow(page, "Cuentas");
  await page.getByRole("tab", { name: "Números" }).click();
  await page.getByRole("button", { name: "Revisar" }).first().click();
  await page.getByTestId("channel-report").locator("li").first().waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Precios" }).click();
  await page.getByPlaceholder("Precio").first().fill("29,5");
  await page.getByRole("button", { name: "Fijar precio" }).first().click();
  await page.getByRole("cell", { name: /29,50/u }).first().waitFor();
  await page.getByRole("tab", { name: "Estado" }).click();
  await page.getByTestId("doctor").locator("li").first().waitFor();
});

async function settle(page: Page): Promise<void> {
  await page.locator("#main h1").first().waitFor();
  await page.locator("[aria-busy='true']").first().waitFor({ state: "detached" });
}

/** Every page of these features, those of one thing included. */
async function listPaths(): Promise<string[]> {
  const { baseUrl, apiToken } = product.demo;
  const firstOf = async (path: string) => {
    const headers = { authorization: `Bearer ${apiToken}` };
    const answer = (await (await fetch(`${baseUrl}/v1${path}`, { headers })).json()) as {
      items: { id: string | number }[];
    };
    return answer.items[0]?.id ?? "none";
  };
  return [
    ...["/inicio", "/mensajes", `/mensajes/${await firstOf("/messages")}`, "/plantillas"],
    ...["/plantillas/nueva", "/plantillas/1", "/plantillas/1/editar", "/webhooks"],
    ...[`/webhooks/${await firstOf("/webhook-endpoints")}`, "/probar", "/saldo", "/numeros"],
    ...["/contactos", `/contactos/${await firstOf("/contacts")}`, "/operador"],
  ];
}

test("nobody is shut out of these pages: axe finds nothing serious, light or dark", async () => {
  const page = await enterAt("/inicio");
  const found: [string, string[]][] = [];
  for (const path of await listPaths()) {
    await go(page, path);
    await settle(page);
    found.push([path, await findFaultsInBothColours(page)]);
  }
  const faulty = found.filter(([, list]) => list.length > 0);
  assert.deepEqual(Object.fromEntries(faulty), {});
});

test("390 px wide nothing on these pages is wider than the screen", async () => {
  const page = await enterAt("/inicio", { width: 390, height: 844, locale: "en-US" });
  for (const path of await listPaths()) {
    await go(page, path);
    await settle(page);
    const over = await page.evaluate(
      "Math.max(document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth)",
    );
    assert.ok(Number(over) <= 0, `${path} is wider than the screen by ${over} px`);
  }
});
