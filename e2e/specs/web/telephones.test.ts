import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import {
  findFaultsInBothColours,
  findSeriousFaults,
  launchBrowser,
} from "../../product/browser.ts";
import { findTemplate } from "../../product/demo-templates.ts";
import { type OpenedPage, openPage } from "../../product/open-page.ts";
import { makePng } from "../../product/sample-files.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type ProductInPieces, startProductInPieces } from "../../start-product.ts";

let product: ProductInPieces;
let browser: Browser;
let page: Page;
let opened: OpenedPage;
let sends = 0;
let lastMobile = 573_106_660_000;
const PICTURE = makePng(240, 160, (x, y) => [200, 80 + Math.floor(y / 2), 40 + Math.floor(x / 3)]);

before(async () => {
  product = await startProductInPieces();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await product?.stop();
});

beforeEach(async () => {
  await product.simulator.reset();
  opened = await openPage(browser, product.simulator.url);
  page = opened.page;
  await page.goto(product.simulator.url);
  await page.locator('[data-testid="live-sign"][data-state="live"]').waitFor();
});
afterEach(async () => {
  await opened.close();
  assert.deepEqual(opened.strangers(), [], "the page asked another host");
  assert.deepEqual(opened.faults, [], "the page had errors");
});

const nextMobile = () => {
  lastMobile += 1;
  return `${lastMobile}`;
};
const telephone = (mobile: string) => page.getByTestId(`telephone-${mobile}`);
const bubble = (mobile: string, state = "") =>
  telephone(mobile).locator(`[data-testid="bubble"]${state}`);
/** As the page writes it: `+57 310 666 0001`. */
const written = (mobile: string) => mobile.replace(/^(..)(...)(...)(....)$/u, "+$1 $2 $3 $4");
const webhook = (kind: string) => page.locator(`[data-testid="webhook-row"][data-kind="${kind}"]`);
/** Of the telephone that is meant: one of an earlier test may come as late as this. */
const reply = (mobile: string) => webhook("reply").filter({ hasText: written(mobile) });

/** An appointment's reminder with two quick replies, sent as an integrator sends it. */
async function sendReminder(mobile: string): Promise<string> {
  const { id_template } = findTemplate(product.demo, { variables: 3, status: "approved" });
  sends += 1;
  const template_variables = `[Carlos] [la doctora Rojas] [miércoles ${sends}]`;
  const answer = await product.ws.send({ mobile, id_template, template_variables });
  assert.equal(answer.code, 1);
  return `${answer.messageId}`;
}

const repliesOf = async (mobile: string) =>
  (await product.simulator.receiver("demo"))
    .map(({ body }) => body as Record<string, string>)
    .filter((body) => body.mobile === mobile);

test("a send by the API shows as a bubble without reloading; its ticks go double and then blue", async () => {
  const mobile = nextMobile();
  await sendReminder(mobile);
  await bubble(mobile).getByText("Hola Carlos, le recordamos su cita").waitFor();
  await bubble(mobile, '[data-status="read"]').waitFor();
  for (const kind of ["sent", "delivered", "read"]) {
    await page
      .locator(
        `[data-testid="webhook-row"][data-kind="${kind}"][data-signature="valid"][data-answered="200"]`,
      )
      .waitFor();
  }
  // Where nothing is ever read the ticks stay as they are between the two.
  const unread = "573008000002";
  await sendReminder(unread);
  await bubble(unread, '[data-status="delivered"]').waitFor();
  const isBlue = async () =>
    (await tickColour(mobile, "read")) !== (await tickColour(unread, "delivered"));
  await waitUntil("the ticks to turn blue", isBlue);
});

const TICKS = { delivered: "Entregado", read: "Leído" };

async function tickColour(mobile: string, status: keyof typeof TICKS): Promise<string> {
  const path = `[data-testid="telephone-${mobile}"] [data-status="${status}"] [aria-label="${TICKS[status]}"]`;
  return page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(path)})).stroke`);
}

test("pressing a quick reply answers, and the integrator's webhook has a valid signature", async () => {
  const mobile = nextMobile();
  await sendReminder(mobile);
  await telephone(mobile).getByRole("button", { name: "Sí, allí estaré" }).click();
  await bubble(mobile, '[data-direction="out"]').getByText("Sí, allí estaré").waitFor();
  const signed = page.locator('[data-signature="valid"]');
  await reply(mobile).and(signed).waitFor();
  assert.equal((await repliesOf(mobile))[0]?.message, "Sí, allí estaré");
});

test("a typed answer reaches the integrator letter by letter", async () => {
  const mobile = nextMobile();
  await sendReminder(mobile);
  const text = "¿Puede ser el jueves? <b>gracias</b> 😀";
  await telephone(mobile).getByTestId("answer-box").fill(text);
  await telephone(mobile).getByTestId("send").click();
  await bubble(mobile, '[data-direction="out"]').getByText(text).waitFor();
  await reply(mobile).waitFor();
  assert.equal((await repliesOf(mobile))[0]?.message, text);
});

/** Whether a picture that is 240 pixels wide stands in a bubble there. */
const drawnIn = (mobile: string): Promise<boolean> =>
  page.evaluate(
    `[...document.querySelectorAll('[data-testid="telephone-${mobile}"] [data-testid="bubble"] img')].some((img) => img.naturalWidth === 240)`,
  );

test("a picture is sent from the telephone, is seen there, and the integrator can fetch it", async () => {
  const mobile = nextMobile();
  await sendReminder(mobile);
  const file = { name: "recibo.png", mimeType: "image/png", buffer: PICTURE };
  await telephone(mobile).getByTestId("attach-input").setInputFiles(file);
  await telephone(mobile).getByTestId("send").click();
  const picture = bubble(mobile, '[data-direction="out"]').locator("img").first();
  await picture.waitFor();
  await waitUntil("the picture to be drawn", () => drawnIn(mobile));
  await reply(mobile).waitFor();
  const [told] = await repliesOf(mobile);
  const response = await fetch(`${told?.media_url}`);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), PICTURE);
});

test("a picture and a document that were sent are shown with their template", async () => {
  const mobile = nextMobile();
  const image = findTemplate(product.demo, { header: "image" }).id_template;
  const fields = { mobile, id_template: image, template_variables: "[Laura]" };
  await product.ws.send({ ...fields, media: PICTURE.toString("base64") });
  const picture = bubble(mobile).locator("img").first();
  await picture.waitFor();
  await waitUntil("the picture to be drawn", () => drawnIn(mobile));
  await bubble(mobile).getByText("30 % de descuento").waitFor();
  await bubble(mobile).getByText("Responda BAJA").waitFor();
});

test("a place is sent, a message gets a reaction and loses it, and one's own is taken back", async () => {
  const mobile = nextMobile();
  await sendReminder(mobile);
  await bubble(mobile).first().waitFor();
  const choose = async (side: "in" | "out", name: string) => {
    const row = bubble(mobile, `[data-direction="${side}"]`).last();
    await row.hover();
    await row.getByRole("button", { name: "Opciones del mensaje" }).click();
    await page.getByRole("button", { name, exact: true }).click();
  };
  await telephone(mobile).getByTestId("send-place").click();
  const sheet = page.getByTestId("choice-sheet");
  await sheet.getByLabel("Parque de la 93").check();
  await sheet.getByRole("button", { name: "Enviar" }).click();
  await bubble(mobile, '[data-direction="out"]').getByText("Parque de la 93").waitFor();
  await choose("in", "😂");
  const reaction = bubble(mobile, '[data-direction="in"]').getByText("😂");
  await reaction.waitFor();
  await choose("in", "😂");
  await reaction.waitFor({ state: "detached" });
  await choose("out", "Eliminar para todos");
  await bubble(mobile).getByText("Usted eliminó este mensaje").waitFor();
  await reply(mobile).getByText("deletion").waitFor();
  assert.deepEqual(await findSeriousFaults(page), []);
});

test("a message that fails says so, with its code, and its webhook too", async () => {
  const mobile = "573009131048";
  await sendReminder(mobile);
  await bubble(mobile, '[data-status="failed"]').getByText("131048").waitFor();
  await webhook("failed").waitFor();
});

test("Spanish and English, light and dark: both switch, and stay after reloading", async () => {
  assert.equal(await page.locator("html").getAttribute("lang"), "es");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText("What the integrator received").waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
  const light = await background();
  await page.getByTestId("theme").click();
  await page.getByTestId("theme").click();
  const dark = await background();
  assert.notEqual(dark, light);
  await page.reload();
  await page.getByText("What the integrator received").waitFor();
  assert.equal(await background(), dark);
  await page.getByRole("button", { name: "Español" }).click();
  await page.getByText("Lo que recibió el integrador").waitFor();
});

test("on a telephone's own screen, 390 px wide, all is reached without scrolling sideways", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  const mobile = nextMobile();
  await sendReminder(mobile);
  await bubble(mobile).first().waitFor();
  const overflow = () => page.evaluate("document.documentElement.scrollWidth - innerWidth");
  assert.ok(Number(await overflow()) <= 0, "telephones: wider than the screen");
  await telephone(mobile).getByRole("button", { name: "Necesito cambiarla" }).click();
  await bubble(mobile, '[data-direction="out"]').waitFor();
  await page.getByTestId("section-webhooks").click();
  await reply(mobile).waitFor();
  assert.ok(Number(await overflow()) <= 0, "webhooks: wider than the screen");
  await page.getByTestId("section-telephones").click();
  await telephone(mobile).waitFor();
});

test("with the keyboard alone a telephone is opened and an answer is written", async () => {
  await tabTo('[data-testid="open-telephone"]');
  await page.keyboard.press("Enter");
  const mobile = nextMobile();
  await page.getByTestId("mobile-field").waitFor();
  await tabTo('[data-testid="mobile-field"]');
  await page.keyboard.type(mobile);
  await page.keyboard.press("Enter");
  await telephone(mobile).waitFor();
  await tabTo(`[data-testid="telephone-${mobile}"] [data-testid="answer-box"]`);
  await page.keyboard.type("hola, sin ratón");
  await page.keyboard.press("Enter");
  await bubble(mobile, '[data-direction="out"]').getByText("hola, sin ratón").waitFor();
});

/** Presses the tabulator until the element has the focus, and checks that the focus can be seen. */
async function tabTo(selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (
      await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)
    )
      return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`the tabulator does not reach ${selector}`);
}

test("nobody is shut out: axe finds nothing serious, light or dark", async () => {
  const found: Record<string, string[]> = { empty: await findFaultsInBothColours(page) };
  const mobile = nextMobile();
  await sendReminder(mobile);
  await sendReminder("573009131048");
  await telephone(mobile).getByRole("button", { name: "Sí, allí estaré" }).click();
  await reply(mobile).waitFor();
  await bubble(mobile, '[data-direction="in"][data-status="read"]').waitFor();
  found["with messages"] = await findFaultsInBothColours(page);
  await reply(mobile).first().click();
  found["with a webhook opened"] = await findFaultsInBothColours(page);
  await page.getByTestId("behaviour").click();
  found["with the drawer open"] = await findFaultsInBothColours(page);
  const faulty = Object.entries(found).filter(([, list]) => list.length > 0);
  assert.deepEqual(Object.fromEntries(faulty), {});
});

test("when the simulator dies and comes back, the page finds it again and shows what it missed", async () => {
  const mobile = nextMobile();
  await sendReminder(mobile);
  await bubble(mobile, '[data-status="read"]').waitFor();
  await product.simulatorProgram.kill();
  await page.locator('[data-testid="live-sign"][data-state="reconnecting"]').waitFor();
  await product.simulatorProgram.start();
  await page.locator('[data-testid="live-sign"][data-state="live"]').waitFor();
  await product.simulator.inbound({
    from: mobile,
    to: product.demo.officialNumber,
    text: "sigo aquí",
  });
  await bubble(mobile, '[data-direction="out"]').getByText("sigo aquí").waitFor();
  assert.equal(await bubble(mobile).count(), 2);
});

test("starting anew forgets every message", async () => {
  const mobile = nextMobile();
  await sendReminder(mobile);
  await bubble(mobile, '[data-status="read"]').waitFor();
  await page.getByTestId("behaviour").click();
  await page.getByTestId("reset").click();
  await page.getByTestId("reset-yes").click();
  await waitUntil("no bubbles", async () => (await page.getByTestId("bubble").count()) === 0);
  assert.deepEqual(await product.simulator.messages(), []);
});
