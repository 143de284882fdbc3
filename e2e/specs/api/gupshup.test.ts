import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { SimulatedNumber } from "@recado/contract/simulator-api";
import { waitUntil } from "../../product/wait-until.ts";
import { createWsClient, type WsClient } from "../../product/ws-client.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* A number at Gupshup from the command line to the integrator's webhook, against the simulated Gupshup. */

const APP = {
  provider: "gupshup",
  id: "5b1c7a30-2f44-4d0e-9c31-7f2a6e0d91aa",
  appName: "CobranzaDemo",
  wabaId: "204000000000777",
  displayNumber: "573005404040",
  verifiedName: "Cobranza",
  accessToken: "gs-apikey-0123456789",
} as const;
const SECRET = "a-long-random-text";
const RECEIVER = "gupshup";
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==";

interface Made {
  id: string;
}

interface MadeChannel {
  channel: Made;
  hookUrl: string;
  verifyToken: string;
}

/** A webhook's body, as far as these tests look. */
interface Told {
  type2?: string;
  code?: string;
  messageId?: string;
  messageId_whatsapp?: string;
  mobile?: string;
  message?: string;
  custom_field?: string;
  media_url?: string;
}

describe("a number at Gupshup", { timeout: 180_000 }, () => {
  let product: Product;
  let ws: WsClient;
  let idTemplate = 0;
  let idPicture = 0;
  let made: MadeChannel;

  before(async () => {
    product = await startProduct();
    const { cli, simulator, demo } = product;
    const books = await cli.json<{ items: Made[] }>(["price-book", "list"]);
    const book = books.items[0]?.id ?? "";
    const account = await cli.json<Made>(["account", "create", "Cobranza", "--price-book", book]);
    await cli.json(["topup", account.id, "100000", "--reference", "e2e"]);
    await cli.json(["user", "create", account.id, "cobranza"]);
    made = await cli.json<MadeChannel>(
      [
        ...["channel", "add", account.id, "--provider", "gupshup", "--number", APP.displayNumber],
        ...["--number-id", APP.appName, "--business-id", APP.id, "--access-token", "-"],
        ...["--app-secret", SECRET, "--base-url", `${simulator.url}/gupshup`],
      ],
      APP.accessToken,
    );
    await register({ callbackUrl: `${made.hookUrl}/${made.verifyToken}` });
    const projectArgs = ["project", "create", account.id, "Cobranza", "--channel", made.channel.id];
    const project = await cli.json<Made>(projectArgs);
    await addTemplate("pedido_listo", { content: "Hola {{1}}, su pedido {{2}} está listo." });
    await addTemplate("con_foto", { content: "Mire la foto.", templateType: "IMAGE" });
    await cli.json(["template", "import", project.id]);
    await cli.json(["webhook", "add", project.id, `${simulator.url}/sim/receiver/${RECEIVER}`]);
    const token = await cli.json<{ token: string }>([
      "token",
      "create",
      "ws",
      "--login",
      "cobranza",
    ]);
    ws = createWsClient(demo.baseUrl, { login: "cobranza", token: token.token });
    const { body } = await ws.call("template/", {});
    const templates = body?.templates as { id_template: number; name: string }[];
    idTemplate = templates.find(({ name }) => name === "pedido_listo")?.id_template ?? 0;
    idPicture = templates.find(({ name }) => name === "con_foto")?.id_template ?? 0;
  });
  after(() => product.stop());

  async function register(callback: Partial<SimulatedNumber>): Promise<void> {
    const body = { ...APP, ...callback } as unknown as SimulatedNumber;
    const answer = (await product.simulator.registerNumber(body)) as {
      verification: { ok: boolean };
    };
    assert.equal(answer.verification.ok, true, JSON.stringify(answer));
  }

  async function addTemplate(elementName: string, form: Record<string, string>): Promise<void> {
    const { url } = product.simulator;
    const answer = await fetch(`${url}/gupshup/wa/app/${APP.id}/template`, {
      method: "POST",
      headers: { apikey: APP.accessToken },
      body: new URLSearchParams({
        elementName,
        languageCode: "es_CO",
        category: "UTILITY",
        exampleMedia: "4::ZGVtbw==",
        ...form,
      }),
    });
    const { template } = (await answer.json()) as { template: Made };
    await product.simulator.decideTemplate(template.id, { status: "APPROVED" });
  }

  async function told(matches: (body: Told) => boolean): Promise<Told> {
    return waitUntil("the webhook", async () =>
      (await product.simulator.receiver(RECEIVER)).map(({ body }) => body as Told).find(matches),
    );
  }

  function send(mobile: string, fields: Record<string, string | number> = {}) {
    const template = { id_template: idTemplate, template_variables: "[Ana] [77]" };
    return ws.send({ mobile, ...(Object.keys(fields).length === 0 ? template : fields) });
  }

  test("a template arrives, and its statuses name it and WhatsApp's own id", async () => {
    const { messageId } = await send("573001110001");
    const read = await told((one) => one.messageId === messageId && one.type2 === "read");
    assert.match(read.messageId_whatsapp ?? "", /^wamid\./u);
    const [arrived] = await product.simulator.messages("573001110001");
    assert.equal(arrived?.provider, "gupshup");
    assert.equal(arrived?.text, "Hola Ana, su pedido 77 está listo.");
  });

  test("a picture in a header is fetched by Gupshup from our link", async () => {
    const { messageId } = await send("573001110002", { id_template: idPicture, media: PNG });
    await told((one) => one.messageId === messageId && one.type2 === "delivered");
    const [arrived] = await product.simulator.messages("573001110002");
    assert.equal(arrived?.media?.mime, "image/png");
    assert.equal(arrived?.media?.bytes, Buffer.from(PNG, "base64").length);
  });

  test("somebody answers, and inside the window a text and a picture go out", async () => {
    const mobile = "573001110003";
    const { messageId } = await ws.send({
      mobile,
      id_template: idTemplate,
      template_variables: "[Ana] [78]",
      custom_field: "pedido-78",
    });
    await told((one) => one.messageId === messageId && one.type2 === "read");
    const [quoted] = await product.simulator.messages(mobile);
    const inbound = { from: mobile, to: APP.displayNumber, text: "gracias" };
    await product.simulator.inbound({ ...inbound, replyTo: quoted?.id ?? "" });
    const reply = await told((one) => one.mobile === mobile && one.message === "gracias");
    assert.equal(reply.custom_field, "pedido-78");
    const text = await send(mobile, { message: "Con gusto" });
    await told((one) => one.messageId === text.messageId && one.type2 === "read");
    const picture = await send(mobile, { message: "Mire", media: PNG });
    await told((one) => one.messageId === picture.messageId && one.type2 === "read");
    const types = (await product.simulator.messages(mobile)).map(({ type }) => type);
    assert.deepEqual(types, ["template", "text", "image"]);
  });

  test("a file that somebody sends can be fetched from us", async () => {
    const media = { kind: "image", mime: "image/png", base64: PNG, caption: "el recibo" };
    const from = "573001110003";
    await product.simulator.inbound({ from, to: APP.displayNumber, media });
    const reply = await told((one) => one.message === "el recibo");
    const file = await fetch(reply.media_url ?? "");
    assert.equal(Buffer.from(await file.arrayBuffer()).toString("base64"), PNG);
  });

  test("what fails after acceptance is refunded whole, whoever decided", async () => {
    for (const code of ["1002", "1003", "131048", "132015"]) {
      const before = await ws.balance();
      const { messageId } = await send(`573009${code.padStart(6, "0")}`);
      assert.ok(messageId !== undefined, code);
      const failed = await told((one) => one.messageId === messageId && one.type2 === "failed");
      assert.equal(failed.code, code);
      assert.equal(await ws.balance(), before);
    }
  });

  test("a text outside the window fails with WhatsApp's code", async () => {
    const { messageId } = await send("573001110009", { message: "hola" });
    const failed = await told((one) => one.messageId === messageId && one.type2 === "failed");
    assert.equal(failed.code, "131047");
  });

  test("callbacks count by header or by path, and by nothing else; no log has the secret", async () => {
    const body = JSON.stringify({ app: APP.appName, type: "user-event", payload: {} });
    const post = async (url: string, headers: Record<string, string> = {}) =>
      (await fetch(url, { method: "POST", headers, body })).status;
    assert.equal(await post(made.hookUrl, { "x-recado-secret": SECRET }), 200);
    assert.equal(await post(`${made.hookUrl}/${made.verifyToken}`), 200);
    assert.equal(await post(made.hookUrl), 401);
    assert.equal(await post(`${made.hookUrl}/`), 401);
    assert.equal(await post(`${made.hookUrl}/${SECRET}`), 401);
    assert.equal(await post(made.hookUrl, { "x-recado-secret": made.verifyToken }), 401);
    const wrong = `${made.hookUrl}/${made.verifyToken}`;
    assert.equal(await post(wrong, { "x-recado-secret": "wrong" }), 401);
    for (const secret of [SECRET, made.verifyToken, APP.accessToken]) {
      assert.equal(product.log().includes(secret), false);
    }
  });

  test("events that overtake the answer wait for it and are applied", async () => {
    await product.simulator.behaviour({ latencyMs: 1_500, statusDelayMs: 0 });
    const { messageId } = await send("573001110011");
    await told((one) => one.messageId === messageId && one.type2 === "read");
    await product.simulator.behaviour({ latencyMs: 0, statusDelayMs: 150 });
  });

  test("callbacks in Meta's shape, with the header, move messages as well", async () => {
    const callbackHeaders = { "x-recado-secret": SECRET };
    await register({ callbackUrl: made.hookUrl, callbackHeaders, callbackVersion: 3 });
    const { messageId } = await send("573001110010");
    const read = await told((one) => one.messageId === messageId && one.type2 === "read");
    assert.match(read.messageId_whatsapp ?? "", /^wamid\./u);
    const inbound = { from: "573001110010", to: APP.displayNumber, text: "por v3" };
    await product.simulator.inbound(inbound);
    await told((one) => one.message === "por v3");
    const failing = await send("573009001006");
    const failed = await told((one) => one.messageId === failing.messageId);
    assert.equal(failed.code, "1006");
  });
});
