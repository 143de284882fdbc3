import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { type RunningSimulator, startSimulator } from "../../start-simulator.ts";
import { until } from "../../testkit/start-test-simulator.ts";

const APP = {
  provider: "gupshup",
  id: "5b1c7a30-2f44-4d0e-9c31-7f2a6e0d91aa",
  appName: "TiendaDemo",
  wabaId: "204000000000002",
  displayNumber: "573005303030",
  verifiedName: "Tienda Demo",
  accessToken: "gs-key-1",
  callbackHeaders: { "x-recado-secret": "s3cret" },
};

// biome-ignore lint/suspicious/noExplicitAny: tests look into many shapes.
type Json = any;

const posts: { headers: IncomingHttpHeaders; body: Json }[] = [];
const dataDir = mkdtempSync(join(tmpdir(), "simulator-gupshup-"));
const callback = createServer((request, response) => {
  if (request.method === "GET") {
    const isFile = request.url === "/a.png";
    response.writeHead(isFile ? 200 : 404, { "content-type": "image/png" });
    response.end(isFile ? Buffer.from("89504e470d0a1a0a0000000d49484452", "hex") : "");
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    posts.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
    response.writeHead(204).end();
  });
});
let simulator: RunningSimulator;
let callbackUrl = "";

before(async () => {
  await new Promise<void>((resolve) => callback.listen(0, "127.0.0.1", resolve));
  callbackUrl = `http://127.0.0.1:${(callback.address() as AddressInfo).port}`;
  simulator = await startSimulator({ port: 0, dataDir });
  await sim("/behaviour", { statusDelayMs: 0 });
  const registered = await sim("/numbers", { ...APP, callbackUrl });
  assert.deepEqual(registered.verification, { ok: true, detail: "HTTP 204" });
});
afterEach(() => {
  posts.length = 0;
});
after(async () => {
  await simulator.close();
  callback.closeAllConnections();
  await new Promise((resolve) => callback.close(resolve));
  rmSync(dataDir, { recursive: true, force: true });
});

async function sim(path: string, body?: unknown): Promise<Json> {
  const answer = await fetch(`${simulator.url}/sim${path}`, {
    method: body === undefined ? "GET" : "POST",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

function call(method: string, path: string, form?: Record<string, string>): Promise<Response> {
  return fetch(`${simulator.url}/gupshup${path}`, {
    method,
    headers: { apikey: APP.accessToken },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  });
}

function head(destination: string): Record<string, string> {
  return { source: APP.displayNumber, destination, "src.name": APP.appName };
}

async function sendText(to: string, text = "hola"): Promise<Response> {
  const message = JSON.stringify({ type: "text", text });
  return call("POST", "/wa/api/v1/msg", { ...head(to), message });
}

async function sendTemplate(to: string, template: unknown, message?: unknown): Promise<string> {
  const answer = await call("POST", "/wa/api/v1/template/msg", {
    ...head(to),
    template: JSON.stringify(template),
    ...(message === undefined ? {} : { message: JSON.stringify(message) }),
  });
  assert.equal(answer.status, 202);
  return ((await answer.json()) as Json).messageId;
}

async function addTemplate(form: Record<string, string>): Promise<string> {
  const answer = await call("POST", `/wa/app/${APP.id}/template`, {
    languageCode: "es_CO",
    category: "UTILITY",
    templateType: "TEXT",
    ...form,
  });
  const made = (await answer.json()) as Json;
  assert.equal(made.status, "success", JSON.stringify(made));
  await sim(`/templates/${made.template.id}`, { status: "APPROVED" });
  return made.template.id;
}

/** The events of one message, by Gupshup's id of it. */
function eventsOf(gsId: string): Json[] {
  return posts
    .filter(({ body }) => body.type === "message-event")
    .map(({ body }) => body.payload)
    .filter((payload) => payload.gsId === gsId || payload.id === gsId);
}

async function lifeOf(gsId: string, count: number): Promise<Json[]> {
  return until(() => eventsOf(gsId).length >= count && eventsOf(gsId));
}

function write(from: string, more: object = { text: "hola" }): Promise<Json> {
  return sim("/inbound", { from, to: APP.displayNumber, ...more });
}

test("saving the callback posts a sandbox-start with the headers that were asked for", async () => {
  await sim("/numbers", { ...APP, callbackUrl });
  assert.equal(posts[0]?.headers["x-recado-secret"], "s3cret");
  assert.equal(posts[0]?.headers["x-hub-signature-256"], undefined);
  const payload = { phone: "callbackSetPhone", type: "sandbox-start" };
  assert.deepEqual(posts[0]?.body.payload, payload);
});

test("a number that is not whole is refused by the name of what it lacks", async () => {
  const { appName: _missing, ...rest } = APP;
  const problem = await sim("/numbers", { ...rest, callbackUrl });
  assert.match(problem.detail, /appName/);
  const other = await sim("/numbers", { ...APP, callbackUrl, id: crypto.randomUUID() });
  assert.equal(other.status, 409);
});

test("a text is accepted as JSON under text/html, and lives through its events by gsId", async () => {
  await write("573001112233");
  const answer = await sendText("573001112233");
  assert.equal(answer.status, 202);
  assert.match(answer.headers.get("content-type") ?? "", /^text\/html/);
  const { messageId, status } = (await answer.json()) as Json;
  assert.equal(status, "submitted");
  const [enqueued, ...rest] = await lifeOf(messageId, 4);
  assert.equal(enqueued.type, "enqueued");
  assert.equal(enqueued.id, messageId);
  assert.equal(enqueued.gsId, undefined);
  const types = rest.map((event) => event.type);
  assert.deepEqual(types, ["sent", "delivered", "read"]);
  for (const event of rest) {
    assert.equal(event.gsId, messageId);
    assert.equal(event.id, enqueued.payload.whatsappMessageId);
    assert.equal(typeof event.payload.ts, "number");
  }
  const [arrived] = await sim("/messages?to=573001112233");
  assert.equal(arrived.provider, "gupshup");
  assert.equal(arrived.text, "hola");
});

test("a template goes out by its id, filled in order, and the wallet pays", async () => {
  const id = await addTemplate({
    elementName: "pedido",
    header: "Pedido {{1}}",
    content: "Hola {{1}}, llega {{2}}.",
    buttons: JSON.stringify([
      {
        type: "URL",
        text: "Ver",
        url: "https://x.example/{{1}}",
        example: ["https://x.example/1"],
      },
    ]),
  });
  const listed = (await (await call("GET", `/wa/app/${APP.id}/template`)).json()) as Json;
  const shown = listed.templates.find((one: Json) => one.id === id);
  assert.equal(shown.status, "APPROVED");
  assert.equal(JSON.parse(shown.containerMeta).data, "Hola {{1}}, llega {{2}}.");
  const gsId = await sendTemplate("573001112244", { id, params: ["77", "Ana", "hoy", "p/77"] });
  await lifeOf(gsId, 4);
  const [arrived] = await sim("/messages?to=573001112244");
  assert.equal(arrived.text, "Hola Ana, llega hoy.");
  assert.deepEqual(arrived.template, { name: "pedido", language: "es_CO" });
  const wallet = await call("GET", `/partner/app/${APP.id}/wallet/balance`);
  const { walletResponse } = (await wallet.json()) as Json;
  assert.equal(walletResponse.currentBalance, 999.999);
  const decided = await until(() => posts.find(({ body }) => body.type === "template-event"));
  assert.equal(decided.body.payload.id, id);
  assert.equal(decided.body.payload.status, "approved");
});

test("what WhatsApp would refuse at once comes as a failure with gsId", async () => {
  const id = await addTemplate({ elementName: "uno", content: "Hola {{1}}, bien" });
  const [, wrongCount] = await lifeOf(await sendTemplate("573001112255", { id, params: [] }), 2);
  assert.equal(wrongCount.payload.code, 132000);
  const closed = (await (await sendText("573001112266")).json()) as Json;
  const [first, second] = await lifeOf(closed.messageId, 2);
  assert.equal(first.type, "enqueued");
  assert.equal(second.payload.code, 131047);
  assert.equal(second.gsId, closed.messageId);
});

test("what Gupshup refuses itself comes as a failure without gsId, and nothing before it", async () => {
  const unknown = await sendTemplate("573001112277", { id: "no-such", params: [] });
  assert.deepEqual(
    (await lifeOf(unknown, 1)).map(({ id, gsId, payload }) => [id, gsId, payload.code]),
    [[unknown, undefined, 4003]],
  );
  const id = await addTemplate({ elementName: "fijo", content: "Listo." });
  const poor = await sendTemplate("573009001003", { id });
  const [failed] = await lifeOf(poor, 1);
  assert.equal(failed.payload.reason, "Unable To Send Message | Check your wallet balance");
  assert.equal(failed.id, poor);
});

test("a linked file is fetched after acceptance; one that is not there fails with 1010", async () => {
  await write("573001112288");
  const image = (url: string) => JSON.stringify({ type: "image", originalUrl: url });
  const sent = await call("POST", "/wa/api/v1/msg", {
    ...head("573001112288"),
    message: image(`${callbackUrl}/a.png`),
  });
  await lifeOf(((await sent.json()) as Json).messageId, 4);
  const [arrived] = await sim("/messages?to=573001112288");
  assert.equal(arrived.media.mime, "image/png");
  const lost = await call("POST", "/wa/api/v1/msg", {
    ...head("573001112288"),
    message: image(`${callbackUrl}/none.png`),
  });
  const [failed] = await lifeOf(((await lost.json()) as Json).messageId, 1);
  assert.equal(failed.payload.code, 1010);
  assert.equal(failed.gsId, undefined);
});

test("the magic telephones play their parts", async () => {
  const id = await addTemplate({ elementName: "magia", content: "Listo." });
  const template = JSON.stringify({ id });
  const post = (to: string) => call("POST", "/wa/api/v1/template/msg", { ...head(to), template });
  assert.equal((await post("573008000005")).status, 500);
  const statuses = [];
  for (let time = 0; time < 3; time++) statuses.push((await post("573008000008")).status);
  assert.deepEqual(statuses, [429, 429, 202]);
  await assert.rejects(post("573008000007"));
  const revived = await sendTemplate("573008000009", { id });
  const types = (await lifeOf(revived, 3)).map((event) => event.type);
  assert.deepEqual(types, ["enqueued", "failed", "delivered"]);
  const answered = await sendTemplate("573008000010", { id });
  await lifeOf(answered, 4);
  const reply = await until(() => posts.find(({ body }) => body.type === "message"));
  assert.equal(reply.body.payload.payload.text, "ok");
});

test("keys, names and telephones are judged at once", async () => {
  const message = JSON.stringify({ type: "text", text: "x" });
  const ask = async (form: Record<string, string>, key: string | null = APP.accessToken) => {
    const answer = await fetch(`${simulator.url}/gupshup/wa/api/v1/msg`, {
      method: "POST",
      headers: key === null ? {} : { apikey: key },
      body: new URLSearchParams({ message, ...form }),
    });
    return [answer.status, await answer.text()];
  };
  const error = (text: string) => JSON.stringify({ status: "error", message: text });
  const right = head("573001112233");
  assert.deepEqual(await ask(right, "other"), [401, error("Authentication Failed")]);
  assert.deepEqual(await ask(right, null), [401, "Portal User Not Found With APIKey"]);
  const wrongApp = { ...right, "src.name": "Otra" };
  assert.deepEqual(await ask(wrongApp), [400, error("Invalid App Details")]);
  assert.deepEqual(await ask(head("abc")), [400, error("Invalid Destination")]);
  assert.deepEqual(await ask({ ...right, message: "{" }), [400, error("Invalid JSON")]);
});

test("an answer quotes by both ids; a tap and a file have shapes of their own", async () => {
  const id = await addTemplate({
    elementName: "boton",
    content: "¿Bien?",
    buttons: JSON.stringify([{ type: "QUICK_REPLY", text: "Sí" }]),
  });
  const gsId = await sendTemplate("573001113300", { id });
  const [enqueued] = await lifeOf(gsId, 4);
  await write("573001113300", { button: "Sí", replyTo: gsId });
  const base64 = Buffer.from("%PDF-1.4\n%%EOF\n").toString("base64");
  const media = { kind: "document", mime: "application/pdf", name: "a.pdf", base64 };
  await write("573001113300", { media });
  const inbound = () => posts.filter(({ body }) => body.type === "message");
  const [tap, file] = await until(() => inbound().length === 2 && inbound());
  assert.equal(tap?.body.payload.type, "quick_reply");
  const quoted = { id: enqueued.payload.whatsappMessageId, gsId };
  assert.deepEqual(tap?.body.payload.context, quoted);
  assert.deepEqual(tap?.body.payload.payload, { text: "Sí", type: "button", postbackText: "Sí" });
  const inner = file?.body.payload.payload;
  assert.equal(inner.name, "a.pdf");
  const fetched = await fetch(inner.url);
  assert.equal((await fetched.arrayBuffer()).byteLength, 15);
});

test("a subscription of version 3 has Meta's shape with Gupshup's ids", async () => {
  await sim("/numbers", { ...APP, callbackUrl, callbackVersion: 3 });
  const id = await addTemplate({ elementName: "tres", content: "Listo." });
  const gsId = await sendTemplate("573001114400", { id });
  const statuses = () =>
    posts
      .filter(({ body }) => body.gs_app_id === APP.id)
      .flatMap(({ body }) => body.entry[0].changes[0].value.statuses ?? []);
  const seen = await until(() => statuses().length === 3 && statuses());
  assert.deepEqual(
    seen.map((status) => [status.status, status.gs_id]),
    ["sent", "delivered", "read"].map((status) => [status, gsId]),
  );
  const told = posts.find(({ body }) => body.entry?.[0].changes[0].value.gs_template_id === id);
  assert.equal(told?.body.entry[0].changes[0].value.event, "APPROVED");
  await sim("/numbers", { ...APP, callbackUrl });
});
