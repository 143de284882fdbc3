import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ArrivedMessage, SimulatedNumber } from "@recado/contract/simulator-api";
import { makePng } from "../../product/sample-files.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* Buttons, lists, links, places, cards, reactions and quotes, from /v1 to the telephone and back, through both providers. */

const APP = {
  provider: "gupshup",
  id: "6c1c7a30-2f44-4d0e-9c31-7f2a6e0d91ab",
  appName: "CitasDemo",
  wabaId: "204000000000778",
  displayNumber: "573005404041",
  verifiedName: "Citas",
  accessToken: "gs-apikey-9876543210",
} as const;
const PNG = makePng(40, 30, (x, y) => [x * 5, y * 5, 120]).toString("base64");
const SECTIONS = [
  { title: "Lunes", rows: [{ id: "l-10", title: "10:00", description: "con Ana" }] },
  { title: "Martes", rows: [{ id: "m-10", title: "10:00" }] },
];

interface OfficialNumber {
  official: string;
  token: string;
  receiver: string;
}
interface Made {
  id: string;
}
interface Reply {
  mobile?: string;
  message?: string;
  custom_field?: string;
}

let product: Product;
let mobiles = 573_001_250_000;
const numbers: Record<string, OfficialNumber> = {};

before(async () => {
  product = await startProduct();
  const { demo } = product;
  numbers.meta = { official: demo.officialNumber, token: demo.apiToken, receiver: "demo" };
  numbers.gupshup = await addGupshupNumber();
});
after(() => product.stop());

async function addGupshupNumber(): Promise<OfficialNumber> {
  const { cli, simulator } = product;
  const books = await cli.json<{ items: Made[] }>(["price-book", "list"]);
  const book = books.items[0]?.id ?? "";
  const account = await cli.json<Made>(["account", "create", "Citas", "--price-book", book]);
  await cli.json(["topup", account.id, "100000", "--reference", "e2e-citas"]);
  const made = await cli.json<{ channel: Made; hookUrl: string; verifyToken: string }>(
    [
      ...["channel", "add", account.id, "--provider", "gupshup", "--number", APP.displayNumber],
      ...["--number-id", APP.appName, "--business-id", APP.id, "--access-token", "-"],
      ...["--app-secret", "another-long-text", "--base-url", `${simulator.url}/gupshup`],
    ],
    APP.accessToken,
  );
  const number = { ...APP, callbackUrl: `${made.hookUrl}/${made.verifyToken}` };
  await simulator.registerNumber(number as unknown as SimulatedNumber);
  const args = ["project", "create", account.id, "Citas", "--channel", made.channel.id];
  const project = await cli.json<Made>(args);
  await cli.json(["webhook", "add", project.id, `${simulator.url}/sim/receiver/citas`]);
  const { token } = await cli.json<{ token: string }>([
    ...["token", "create", "api", "--account", account.id],
    ...["--scopes", "messages:write", "messages:read"],
  ]);
  return { official: APP.displayNumber, token, receiver: "citas" };
}

for (const provider of ["meta", "gupshup"]) {
  describe(`through ${provider}`, { timeout: 180_000 }, () => {
    const number = () => numbers[provider] as OfficialNumber;
    let mobile = "";

    /** A person whose window is open. */
    async function newPerson(): Promise<string> {
      mobiles += 1;
      mobile = String(mobiles);
      await product.simulator.inbound({ from: mobile, to: number().official, text: "hola" });
      await replied((reply) => reply.message === "hola");
      return mobile;
    }

    async function call(path: string, body: object | null = null) {
      const response = await fetch(`${product.demo.baseUrl}/v1${path}`, {
        method: body === null ? "GET" : "POST",
        headers: {
          authorization: `Bearer ${number().token}`,
          "content-type": "application/json",
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects.
      return { status: response.status, json: (await response.json()) as any };
    }

    /** Sends and waits until it lies on the telephone. */
    async function send(body: object): Promise<{ id: string; arrived: ArrivedMessage }> {
      const answer = await call("/messages", { mobile, ...body });
      assert.equal(answer.status, 202, JSON.stringify(answer.json));
      const id = answer.json.id as string;
      const arrived = await waitUntil("the message on the telephone", async () => {
        const { json } = await call(`/messages/${id}`);
        assert.notEqual(json.status, "failed", JSON.stringify(json));
        const all = await product.simulator.messages(mobile);
        return all.find((one) => one.id === json.whatsapp_id) ?? findLast(all, json);
      });
      return { id, arrived };
    }

    /** WhatsApp's id may not be known yet: then the text tells it. */
    function findLast(all: ArrivedMessage[], { text }: { text: string }) {
      return all.findLast((message) => message.text === text);
    }

    async function replied(matches: (reply: Reply) => boolean): Promise<Reply> {
      return waitUntil("the reply's webhook", async () =>
        (await product.simulator.receiver(number().receiver))
          .map(({ body }) => body as Reply)
          .find((reply) => reply.mobile === mobile && matches(reply)),
      );
    }

    async function press(messageId: string, button: string): Promise<void> {
      const { official: to } = number();
      await product.simulator.inbound({ from: mobile, to, button, replyTo: messageId });
    }

    test("buttons below a picture arrive, and pressing one is told with the message's own field", async () => {
      await newPerson();
      const { arrived } = await send({
        interactive: {
          type: "buttons",
          body: "¿Viene el lunes?",
          footer: "Citas",
          buttons: [
            { id: "si-1", title: "Sí" },
            { id: "no-1", title: "No puedo" },
          ],
        },
        media: { base64: PNG },
        custom_field: "cita-1",
      });
      assert.equal(arrived.type, "interactive");
      assert.equal(arrived.interactive?.footer, "Citas");
      assert.deepEqual(
        arrived.interactive?.buttons.map(({ text }) => text),
        ["Sí", "No puedo"],
      );
      await waitUntil("the picture", async () =>
        (await product.simulator.messages(mobile)).find(({ media }) => media?.kind === "image"),
      );
      await press(arrived.id, "no-1");
      const reply = await replied(({ message }) => message === "No puedo");
      assert.equal(reply.custom_field, "cita-1");
    });

    test("a list arrives with its sections, and a row that is chosen by its id is told", async () => {
      await newPerson();
      const { arrived } = await send({
        interactive: {
          type: "list",
          header: "Horas",
          body: "¿Cuándo puede?",
          button: "Ver horas",
          sections: SECTIONS,
        },
        custom_field: "cita-2",
      });
      const sections = arrived.interactive?.list?.sections.map(({ title, rows }) => [
        title,
        rows.map(({ id, title: text, description }) => [id, text, description]),
      ]);
      assert.deepEqual(sections, [
        ["Lunes", [["l-10", "10:00", "con Ana"]]],
        ["Martes", [["m-10", "10:00", null]]],
      ]);
      assert.equal(arrived.interactive?.header, "Horas");
      await press(arrived.id, "m-10");
      const reply = await replied(({ message }) => message === "10:00");
      assert.equal(reply.custom_field, "cita-2");
    });

    test("a link, a place and a card arrive as what they are", async () => {
      await newPerson();
      const { arrived: link } = await send({
        interactive: {
          type: "link",
          body: "Su cita",
          button: "Ver",
          url: "https://example.com/c/1",
        },
      });
      assert.deepEqual(link.interactive?.buttons, [
        { kind: "url", text: "Ver", target: "https://example.com/c/1" },
      ]);
      const place = { latitude: 4.65, longitude: -74.05, name: "Sede", address: "Calle 1" };
      const { arrived: location } = await send({ location: place });
      assert.deepEqual([location.type, location.text], ["location", "Sede\nCalle 1\n4.65, -74.05"]);
      const contact = { name: "Ana Gómez", phones: [{ phone: "+57 300 123 4567" }] };
      const answer = await call("/messages", { mobile, contact });
      assert.equal(answer.status, 202);
      await waitUntil("the card", async () =>
        (await product.simulator.messages(mobile)).find(({ type }) => type === "contacts"),
      );
    });

    test("whoever is asked where they are answers with a place", async () => {
      await newPerson();
      const { arrived } = await send({
        interactive: { type: "location_request", body: "¿Dónde lo recogemos?" },
        custom_field: "recogida-1",
      });
      const { official: to } = number();
      const location = { latitude: 4.711, longitude: -74.0721, name: "Bogotá" };
      await product.simulator.inbound({ from: mobile, to, location, replyTo: arrived.id });
      const reply = await replied(({ message }) => message?.includes("4.711") ?? false);
      assert.equal(reply.custom_field, "recogida-1");
    });

    test("a message quotes another, and a reaction lands on what the person wrote", async () => {
      await newPerson();
      const list = await call(`/messages?mobile=${mobile}&direction=in`);
      const theirs = list.json.items[0];
      const { arrived, id } = await send({ text: "con gusto", reply_to: theirs.id });
      assert.equal(arrived.replyTo, theirs.whatsapp_id);
      await send({ reaction: { message_id: theirs.id, emoji: "👍" } });
      const thread = await product.simulator.thread(mobile);
      assert.equal(thread.find((one) => one.id === theirs.whatsapp_id)?.reaction, "👍");
      const { json } = await call(`/messages/${id}`);
      assert.equal(json.reply_to, theirs.id);
    });

    test("outside the window it fails as WhatsApp says and the money comes back", async () => {
      mobiles += 1;
      mobile = String(mobiles);
      const body = { mobile, interactive: { type: "location_request", body: "¿Dónde?" } };
      const dry = await call("/messages/dry-run", body);
      assert.equal(dry.json.window.open, false);
      const { json } = await call("/messages", body);
      const failed = await waitUntil("the failure", async () => {
        const now = (await call(`/messages/${json.id}`)).json;
        return now.status === "failed" ? now : undefined;
      });
      assert.deepEqual([failed.code, failed.refunded], ["131047", true]);
    });
  });
}
