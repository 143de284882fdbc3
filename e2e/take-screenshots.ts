/**
 * Makes the pictures of the telephones and of the console that the documentation shows:
 *
 *   node e2e/take-screenshots.ts [<folder>]     default docs/images
 *
 * Starts a product of its own, plays a scene as an integrator and some people would, and stops it.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type Day, playDay } from "./look/play-day.ts";
import { launchBrowser } from "./product/browser.ts";
import { openConsole, signInAs } from "./product/console-page.ts";
import { findTemplate } from "./product/demo-templates.ts";
import { paintShoe } from "./product/paint-shoe.ts";
import { ROOT } from "./product/processes.ts";
import { makePdf } from "./product/sample-files.ts";
import { shrinkPng } from "./product/shrink-png.ts";
import { waitUntil } from "./product/wait-until.ts";
import { type Product, startProduct } from "./start-product.ts";

const LAURA = "573001234567";
const CARLOS = "573104445566";
const ANA = "573167778899";
const FAILING = "573009131048";
const BYTES_MAX = 300_000;

const WALK = {
  name: "caminata_de_la_salud",
  language: "es_CO",
  category: "MARKETING",
  components: [
    { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::ZGVtbw=="] } },
    {
      type: "BODY",
      text: "¡Hola {{1}}! Este domingo es la *caminata de la salud*: 7:00 a. m., Parque El Virrey. ¿Nos acompaña?",
      example: { body_text: [["Laura"]] },
    },
    { type: "FOOTER", text: "Responda BAJA para no recibir más invitaciones" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "QUICK_REPLY", text: "Allí estaré" },
        { type: "URL", text: "Ver el recorrido", url: "https://example.com/recorrido" },
      ],
    },
  ],
};

const folder = process.argv[2] ?? join(ROOT, "docs", "images");
mkdirSync(folder, { recursive: true });
const product = await startProduct();
try {
  await playScene(product);
  const stage = `${product.simulator.url}/#telephones=${LAURA},${CARLOS},${ANA}`;
  const wide = { width: 1560, height: 880 };
  await take("telephones.png", { url: stage, viewport: wide, colorScheme: "light" });
  await take("telephones-dark.png", { url: stage, viewport: wide, colorScheme: "dark" });
  const one = `${product.simulator.url}/#telephones=${LAURA}`;
  const small = { width: 390, height: 844 };
  await take("telephones-mobile.png", { url: one, viewport: small, colorScheme: "light" });
  await takeConsole(product, await playDay(product));
} finally {
  await product.stop();
}

/** A template of its own: every word and sign in the pictures must be in the fonts that any machine has. */
async function addTemplate(
  product: Pick<Product, "demo" | "simulator" | "cli" | "dataDir">,
): Promise<number> {
  const { demo, simulator, cli, dataDir } = product;
  const secrets = JSON.parse(readFileSync(join(dataDir, "demo-secrets.json"), "utf8"));
  const { businessId, accessToken } = secrets.numbers.demo;
  const response = await fetch(`${simulator.url}/meta/v23.0/${businessId}/message_templates`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${accessToken}` },
    body: JSON.stringify(WALK),
  });
  if (!response.ok) throw new Error(await response.text());
  const { id } = (await response.json()) as { id: string };
  await simulator.decideTemplate(id, { status: "APPROVED" });
  await cli.json(["template", "import", demo.projectId]);
  const args = ["template", "list", demo.projectId];
  const { items } = await cli.json<{ items: { name: string; number: number }[] }>(args);
  return items.find(({ name }) => name === WALK.name)?.number ?? 0;
}

interface Shot {
  url: string;
  viewport: { width: number; height: number };
  colorScheme: "light" | "dark";
}

async function take(name: string, { url, viewport, colorScheme }: Shot): Promise<void> {
  const browser = await launchBrowser();
  try {
    const options = { viewport, colorScheme, locale: "es-CO", reducedMotion: "reduce" } as const;
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(url);
    await page.locator('[data-testid="live-sign"][data-state="live"]').waitFor();
    await settle(page);
    await keep(name, page);
  } finally {
    await browser.close();
  }
}

async function keep(name: string, page: Page): Promise<void> {
  const picture = shrinkPng(await page.screenshot());
  if (picture.length > BYTES_MAX) throw new Error(`${name} has ${picture.length} bytes`);
  writeFileSync(join(folder, name), picture);
}

/** The inbox, a failed message's flight recorder, the editor of templates, and the money. */
async function takeConsole({ demo, ws }: Product, day: Day): Promise<void> {
  const browser = await launchBrowser();
  try {
    const { page } = await openConsole(browser, demo, { width: 1440, height: 900 });
    const owner = demo.people.find(({ role }) => role === "owner");
    if (!owner) throw new Error("demo.json has no owner");
    await signInAs(page, owner);
    const show = (path: string) => page.goto(new URL(path, demo.consoleUrl).href);
    await show(`/?view=open&c=${day.conversations.ana}`);
    await page.getByTestId("bubble").first().waitFor();
    await page.waitForTimeout(1_500);
    await keep("console-inbox.png", page);

    const { id_template } = findTemplate(demo, { name: "recordatorio_cita" });
    const { messageId } = await ws.send({
      mobile: FAILING,
      id_template,
      template_variables: "[Julián] [la doctora Rojas] [jueves a las 9:00]",
      custom_field: "cita-5513",
    });
    await show(`/mensajes/${messageId}`);
    await page.getByTestId("recorder").getByText("Aviso «failed»").waitFor();
    await keep("console-flight-recorder.png", page);

    await show("/plantillas/nueva");
    await page.getByLabel("Nombre").fill("entrega_en_camino");
    await page
      .getByLabel("Cuerpo")
      .fill("¡Hola {{1}}! Su pedido *{{2}}* ya va en camino y llega hoy antes de las 6:00 p. m.");
    await page.getByLabel("Pie").fill("Tienda El Sol");
    await page.getByLabel("Ejemplo para {{1}}").fill("Laura");
    await page.getByTestId("findings").getByText("Lo rechazaría").first().waitFor();
    await keep("console-template-editor.png", page);

    await show("/saldo");
    await page.getByTestId("own-prices").waitFor();
    await page.getByTestId("row").first().waitFor();
    await keep("console-wallet.png", page);
  } finally {
    await browser.close();
  }
}

/** Until the pictures are drawn, everything in view has been read and nothing moves any more. */
async function settle(page: Page): Promise<void> {
  const drawn =
    "[...document.images].length > 0 && [...document.images].every((img) => img.complete)";
  await waitUntil("the pictures", () => page.evaluate(drawn));
  const unread = page.locator('[data-direction="in"]:not([data-status="read"])');
  await waitUntil("all to be read", async () => (await unread.count()) === 0);
  await page.waitForTimeout(1_500);
}

/** An appointment that is confirmed, an invoice that is answered, an offer that is liked. */
async function playScene({ demo, ws, simulator, cli, dataDir }: Product): Promise<void> {
  const walkNumber = await addTemplate({ demo, simulator, cli, dataDir });
  const to = demo.officialNumber;
  const send = async (mobile: string, name: string, fields: Record<string, string>) => {
    const id_template = name === WALK.name ? walkNumber : findTemplate(demo, { name }).id_template;
    const { code, messageId } = await ws.send({ mobile, id_template, ...fields });
    if (code !== 1) throw new Error(`${name} was answered ${code}`);
    const read = async () =>
      (await simulator.thread(mobile)).find(
        (item) => item.direction === "in" && item.status === "read" && item.body !== null,
      );
    await waitUntil(`${name} to be read (${messageId})`, read);
    const arrived = (await simulator.messages(mobile)).find(({ opaque }) => opaque === messageId);
    return arrived?.id ?? "";
  };
  const answer = (from: string, words: { text?: string; button?: string; replyTo?: string }) =>
    simulator.inbound({ from, to, ...words });

  const visit = { template_variables: "[Ana] [la doctora Rojas] [miércoles a las 15:30]" };
  const reminder = await send(ANA, "recordatorio_cita", { ...visit, custom_field: "cita-5512" });
  await answer(ANA, { button: "Sí, allí estaré", replyTo: reminder });
  await ws.send({
    mobile: ANA,
    message: "¡Perfecto, Ana! La esperamos en el consultorio *304*.",
  });

  // As long as an invoice with a logo is.
  const invoice = Buffer.concat([makePdf("Factura FE-881"), Buffer.alloc(87_000, " ")]);
  const bill = { template_variables: "[Carlos] [$ 125.000]", media: invoice.toString("base64") };
  const sent = await send(CARLOS, "factura_electronica", {
    ...bill,
    media_name: "_factura-FE-881.pdf",
    custom_field: "factura-881",
  });
  await answer(CARLOS, { text: "Ya la pagué, ¡gracias!", replyTo: sent });

  const walk = { template_variables: "[Laura]", media: paintShoe().toString("base64") };
  const liked = await send(LAURA, WALK.name, { ...walk, custom_field: "caminata-2026" });
  await answer(LAURA, { button: "Allí estaré", replyTo: liked });
  await waitUntil("all webhooks", async () => (await simulator.receiver("demo")).length >= 14);
}
