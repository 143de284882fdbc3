import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import type { Browser, Page } from "playwright-core";
import { findFaultsInBothColours, launchBrowser } from "../../product/browser.ts";
import { startCuttingProxy } from "../../product/cutting-proxy.ts";
import { findTemplate } from "../../product/demo-templates.ts";
import { type Seat, sitDown, writeToDemo } from "../../product/inbox-seat.ts";
import { readInbox, sameEnd } from "../../product/shown-inbox.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* The inbox in real browsers against the whole product: what an agent lives through in a day, and what must never happen. */

const CUTS = 100;
const LIVE = "/console/api/live";
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

let product: Product;
let browser: Browser;
let lastMobile = 573_120_000_000;

before(async () => {
  product = await startProduct();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await product?.stop();
});

const sit = (seat: Seat) => sitDown(browser, product, seat);
const write = (from: string, text: string) => writeToDemo(product, from, text);

/** A person whom nobody has heard of. */
function newMobile(): string {
  lastMobile += 1;
  return String(lastMobile);
}

/** Opens the conversation in which a person said something. */
async function openBy(page: Page, text: string): Promise<string> {
  const row = page.getByTestId("conversation-row").filter({ hasText: text });
  await row.getByRole("button").first().click();
  await page.getByTestId("bubble").filter({ hasText: text }).first().waitFor();
  return (await row.getAttribute("data-id")) ?? "";
}

function compose(page: Page, text: string): Promise<void> {
  return page.getByTestId("composer-text").fill(text);
}

async function arrivedAt(mobile: string, text: string) {
  const found = async () =>
    (await product.simulator.messages(mobile)).filter((message) => message.text === text);
  await waitUntil(`"${text}" at ${mobile}`, async () => (await found()).length > 0);
  return found();
}

test("the day of an agent: queue, take, answer, voice note, note, transfer, resolve, rating", async () => {
  const mobile = newMobile();
  await askForRatings();
  const { id_template } = findTemplate(product.demo, { name: "recordatorio_cita" });
  const template_variables = "[Ana] [la doctora Rojas] [miércoles a las 15:30]";
  const { code } = await product.ws.send({
    mobile,
    id_template,
    template_variables,
    custom_field: "cita-77",
  });
  assert.equal(code, 1);
  const { page, context, faults } = await sit({ login: "demo-agente" });
  await page.evaluate(SINGING_MICROPHONE);
  await write(mobile, "¿Puedo cambiar la cita?");
  const id = await openBy(page, "¿Puedo cambiar la cita?");
  await page.getByTestId("bubble").filter({ hasText: "la doctora Rojas" }).waitFor();
  await page.getByTestId("context-panel").getByText("cita-77").waitFor();

  await page.getByRole("button", { name: "Tomar", exact: true }).click();
  await page.getByTestId("event").filter({ hasText: "Usted tomó la conversación" }).waitFor();
  await compose(page, "Claro que sí, *Ana*. ¿Le sirve el jueves?");
  await page.keyboard.press("Enter");
  const answers = await arrivedAt(mobile, "Claro que sí, *Ana*. ¿Le sirve el jueves?");
  assert.equal(answers.length, 1);
  const bubble = page.getByTestId("bubble").filter({ hasText: "¿Le sirve el jueves?" });
  await bubble.locator('[data-tick="read"], [data-tick="delivered"]').waitFor();
  assert.equal(await page.getByTestId("outgoing").count(), 0, "the pale bubble made room");

  await page.getByRole("button", { name: "Grabar una nota de voz" }).click();
  await page.locator('[data-testid="voice-bar"][data-state="recording"]').waitFor();
  // A second at least; which one it shows by the time that somebody looks is open.
  await page
    .getByRole("timer")
    .filter({ hasText: /0:0[1-9]|0:[1-5]\d/u })
    .waitFor();
  await page.getByRole("button", { name: "Enviar la nota de voz" }).click();
  await waitUntil("the voice note", async () =>
    (await product.simulator.messages(mobile)).some(
      ({ media }) => media?.kind === "audio" && media.mime.startsWith("audio/ogg"),
    ),
  );
  await page.getByTestId("sound").waitFor();

  await page.getByRole("tab", { name: "Nota interna" }).click();
  await compose(page, "Prefiere los jueves");
  await page.getByTestId("send").click();
  await page.getByTestId("note").filter({ hasText: "Prefiere los jueves" }).waitFor();
  assert.equal(
    (await product.simulator.messages(mobile)).some(({ text }) => text === "Prefiere los jueves"),
    false,
  );

  await page.getByRole("button", { name: "Asignar o transferir" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Nota para quien la recibe").fill("Por favor agendar");
  await dialog.getByRole("button", { name: /Mateo Ríos/u }).click();
  await page.getByTestId("event").filter({ hasText: "Mateo Ríos" }).waitFor();

  const colleague = await sit({ login: "demo-agente-2", at: "/?view=mine" });
  await colleague.page.locator(`[data-testid="conversation-row"][data-id="${id}"] button`).click();
  await colleague.page.getByTestId("note").filter({ hasText: "Por favor agendar" }).waitFor();
  await colleague.page.getByRole("button", { name: "Resolver" }).click();
  await colleague.page.getByTestId("event").filter({ hasText: "resolvió" }).waitFor();
  await page
    .getByTestId("event")
    .filter({ hasText: "Mateo Ríos resolvió la conversación" })
    .waitFor();

  // The question how it was reaches the telephone; what is tapped there is seen here, and opens nothing.
  const [question] = await arrivedAt(mobile, "¿Cómo le atendimos?");
  await page.getByTestId("bubble").filter({ hasText: "¿Cómo le atendimos?" }).waitFor();
  await product.simulator.inbound({
    ...{ from: mobile, to: product.demo.officialNumber, button: "5 · Excelente" },
    replyTo: question?.id ?? "",
  });
  await arrivedAt(mobile, "¡Gracias!");
  for (const each of [page, colleague.page]) {
    const rated = each.getByTestId("event").filter({ hasText: "calificó" });
    await rated.getByRole("img", { name: "5 de 5" }).waitFor();
  }
  const headers = { "x-recado-console": "1" };
  const address = `${product.demo.baseUrl}/console/api/inbox/conversations/${id}`;
  const { conversation } = await (await context.request.get(address, { headers })).json();
  assert.deepEqual([conversation.state, conversation.rating], ["resolved", 5]);
  const whole = (await page.getByTestId("thread").textContent()) ?? "";
  const lived = [
    ...["Empezó la conversación", "¿Puedo cambiar la cita?", "¿Le sirve el jueves?"],
    ...["Prefiere los jueves", "resolvió", "¿Cómo le atendimos?", "calificó"],
  ].map((words) => whole.indexOf(words));
  assert.deepEqual(
    lived,
    lived.toSorted((left, right) => left - right),
    whole,
  );
  assert.ok(!lived.includes(-1), whole);
  assert.deepEqual([...faults, ...colleague.faults], []);
  await context.close();
  await colleague.context.close();
});

/** A supervisor sets that people are asked how it was. */
async function askForRatings(): Promise<void> {
  const boss = await sit({ login: "demo-supervisor" });
  const { baseUrl } = product.demo;
  const headers = { "x-recado-console": "1", origin: baseUrl };
  const { items } = await (
    await boss.context.request.get(`${baseUrl}/console/api/inbox-work/projects`, { headers })
  ).json();
  for (const { project_id, rating } of items) {
    const words = { enabled: true, question: "¿Cómo le atendimos?", thanks: "¡Gracias!" };
    const answer = await boss.context.request.patch(
      `${baseUrl}/console/api/inbox-work/projects/${project_id}`,
      { headers, data: { rating: { ...rating, ...words } } },
    );
    assert.equal(answer.status(), 200, await answer.text());
  }
  await boss.context.close();
}

test("an answer that was lost on the way is asked for again under the same key: one message", async () => {
  const mobile = newMobile();
  const { page, context } = await sit({ login: "demo-agente" });
  await write(mobile, "¿Me oyen?");
  await openBy(page, "¿Me oyen?");
  const keys: string[] = [];
  await page.route("**/console/api/inbox/conversations/*/messages", async (route) => {
    keys.push(route.request().headers()["idempotency-key"] ?? "");
    if (keys.length > 2) return route.continue();
    // The server takes it, and the browser never learns.
    await route.fetch();
    return route.abort();
  });
  await compose(page, "Fuerte y claro");
  await page.keyboard.press("Enter");
  await waitUntil("the third try", () => keys.length >= 3);
  await waitUntil(
    "the outbox to be empty",
    async () => (await page.getByTestId("outgoing").count()) === 0,
  );
  assert.equal(new Set(keys).size, 1);
  assert.equal((await arrivedAt(mobile, "Fuerte y claro")).length, 1);
  assert.equal(await page.getByTestId("bubble").filter({ hasText: "Fuerte y claro" }).count(), 1);
  await context.close();
});

test("a draft survives a reload, and a refusal keeps the words with the reason", async () => {
  const mobile = newMobile();
  const { page, context } = await sit({ login: "demo-agente" });
  await write(mobile, "¿Tienen sede en Cali?");
  await openBy(page, "¿Tienen sede en Cali?");
  await compose(page, "Sí, en la avenida");
  await page.reload();
  await page.getByTestId("composer-text").waitFor();
  assert.equal(await page.getByTestId("composer-text").inputValue(), "Sí, en la avenida");
  await page.route("**/console/api/inbox/conversations/*/messages", (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      body: JSON.stringify({ code: "project_inactive", detail: "The project is not active." }),
    }),
  );
  await page.getByTestId("composer-text").press("Enter");
  await page.getByTestId("refusal").waitFor();
  await page.getByRole("button", { name: "Corregir" }).click();
  assert.equal(await page.getByTestId("composer-text").inputValue(), "Sí, en la avenida");
  assert.equal((await product.simulator.messages(mobile)).length, 0);
  await context.close();
});

test("two people at one conversation: each sees the other, and one composes until the other takes over", async () => {
  const mobile = newMobile();
  const first = await sit({ login: "demo-agente" });
  const second = await sit({ login: "demo-supervisor", at: "/?view=open" });
  await write(mobile, "Somos dos mirando");
  await openBy(first.page, "Somos dos mirando");
  await openBy(second.page, "Somos dos mirando");
  await first.page
    .getByTestId("lookers")
    .getByRole("img", { name: /Andrés Molina/u })
    .waitFor();
  await first.page.getByTestId("composer-text").pressSequentially("Hola, ya le");
  await second.page.getByTestId("held-by").filter({ hasText: "Valentina Díaz" }).waitFor();
  assert.equal(await second.page.getByTestId("composer-text").isDisabled(), true);
  await second.page.getByRole("button", { name: "Responder yo" }).click();
  await first.page.getByTestId("held-by").filter({ hasText: "Andrés Molina" }).waitFor();
  await compose(second.page, "Yo le ayudo");
  await second.page.getByTestId("composer-text").press("Enter");
  await first.page.getByTestId("bubble").filter({ hasText: "Yo le ayudo" }).waitFor();
  assert.equal((await arrivedAt(mobile, "Yo le ayudo")).length, 1);
  await first.context.close();
  await second.context.close();
});

test(`a live stream that is cut ${CUTS} times at random moments leaves what a fresh load shows`, async (t) => {
  const proxy = await startCuttingProxy(product.demo.baseUrl);
  t.after(() => proxy.close());
  const people = Array.from({ length: 6 }, newMobile);
  const colleague = await sit({ login: "demo-agente", at: "/?view=resolved" });
  const watching = await sit({
    login: "demo-supervisor",
    at: "/?view=open",
    baseUrl: proxy.url,
  });
  await write(people[0] ?? "", "Empieza la prueba");
  const id = await openBy(watching.page, "Empieza la prueba");
  const act = (what: string, data: object = {}) =>
    colleague.context.request.post(
      `${product.demo.baseUrl}/console/api/inbox/conversations/${id}/${what}`,
      {
        data,
        headers: {
          ...{ "x-recado-console": "1", origin: product.demo.baseUrl },
          "idempotency-key": randomUUID(),
        },
      },
    );
  await act("take");
  for (let cut = 0; cut < CUTS; cut += 1) {
    // A wire that is down already cannot be cut: each cut meets an open stream, wherever it is in what it says.
    await waitUntil("the stream to be open", () => proxy.countOpen(LIVE) === 1);
    const happened = [
      () => write(people[cut % people.length] ?? "", `Corte ${cut}`),
      () => act("notes", { text: `Nota ${cut}`, mentions: [] }),
      () => act("messages", { text: `Respuesta ${cut}` }),
      () => act(cut % 8 === 3 ? "snooze" : "reopen", cut % 8 === 3 ? { until: null } : {}),
    ][cut % 4]?.();
    await watching.page.waitForTimeout(Math.random() * 120);
    proxy.cut();
    await happened;
    // As when the browser notices its network: without waiting longer after every cut.
    await watching.page.evaluate("dispatchEvent(new Event('online')), undefined");
  }
  await act("reopen");
  await write(people[0] ?? "", "Termina la prueba");
  await watching.page.getByTestId("bubble").filter({ hasText: "Termina la prueba" }).waitFor();
  await waitUntil("the journal to be empty", async () =>
    (await readInbox(watching.page)).thread.some((item) => item.includes(`Corte ${CUTS - 4}`)),
  );
  const fresh = await sit({ login: "demo-supervisor", at: `/?view=open&c=${id}` });
  await fresh.page.getByTestId("bubble").filter({ hasText: "Termina la prueba" }).waitFor();
  const both = () => Promise.all([readInbox(watching.page), readInbox(fresh.page)]);
  await waitUntil("the same", async () => isDeepStrictEqual(...sameEnd(await both()))).catch(
    () => undefined,
  );
  const [here, loaded] = sameEnd(await both());
  assert.deepEqual(here, loaded);
  for (const words of [`Respuesta ${CUTS - 2}`, `Nota ${CUTS - 3}`, "Termina la prueba"]) {
    assert.ok(
      loaded.thread.some((item) => item.includes(words)),
      words,
    );
  }
  assert.deepEqual(watching.faults, []);
  for (const { context } of [watching, fresh, colleague]) await context.close();
});

/** Somewhere between a microphone and a song: real samples through the real recorder. */
const SINGING_MICROPHONE = `
  navigator.mediaDevices.getUserMedia = async () => {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const out = audio.createMediaStreamDestination();
    tone.connect(out);
    tone.start();
    return out.stream;
  };`;

for (const [viewport, locale, looks] of [
  [WIDE, "es-CO", true],
  [WIDE, "en-GB", false],
  [NARROW, "en-GB", true],
  [NARROW, "es-CO", false],
] as const) {
  const read = looks ? "nothing serious for axe, light or dark, " : "";
  test(`at ${viewport.width} px, ${locale}: ${read}nobody else is asked, nothing hangs over`, async () => {
    const mobile = newMobile();
    const words = `Hola desde ${mobile}`;
    await write(mobile, words);
    const seat = { login: "demo-supervisor", ...viewport, locale };
    const { page, strangers, faults, close } = await sit(seat);
    const lookAt = async (what: string) => {
      if (looks) assert.deepEqual(await findFaultsInBothColours(page), [], what);
    };
    const box = page.locator("#inbox-search");
    await box.fill(mobile.slice(-6));
    await page.getByTestId("search-results").getByRole("button").first().click();
    await page.getByTestId("bubble").filter({ hasText: words }).waitFor();
    await lookAt("the inbox");
    const overhang = await page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    assert.equal(overhang, 0, "the page is wider than the screen");
    for (const [path, id] of [
      ["/supervision", "supervisor"],
      ["/informes", "report"],
    ] as const) {
      await page.goto(product.demo.baseUrl + path);
      await page.getByTestId(id).waitFor();
      await lookAt(path);
    }
    await close();
    assert.deepEqual(strangers(), []);
    assert.deepEqual(faults, []);
  });
}
