import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createMobiles, findTemplate } from "../../product/demo-templates.ts";
import { makePdf } from "../../product/sample-files.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct, startProductInPieces } from "../../start-product.ts";

/* People who write, their conversations, and one person's data given out and erased, on the whole product. */

interface Item {
  id: string;
}

interface Contact extends Item {
  profile_name: string | null;
  mobile: string | null;
}

interface Conversation extends Item {
  contact_id: string;
  state: string;
  unread: number;
  window_expires_at: string;
  last_message: { preview: string; direction: string } | null;
}

interface Message extends Item {
  text: string;
  direction: string;
  mobile: string;
  price: string;
}

interface Page<Row> {
  items: Row[];
}

let product: Product;
const nextMobile = createMobiles();

before(async () => {
  product = await startProduct();
});
after(() => product?.stop());

/** A call of `/v1` with the demonstration's token; any answer but a success is thrown. */
async function v1<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const { baseUrl, apiToken } = product.demo;
  const response = await fetch(`${baseUrl}/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiToken}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as Answer;
}

/** A template without variables. */
const plain = () =>
  findTemplate(product.demo, { status: "approved", variables: 0, header: null }).id_template;

const write = (from: string, text: string) =>
  product.simulator.inbound({ from, to: product.demo.officialNumber, text });

async function findContact(mobile: string): Promise<Contact> {
  return waitUntil(`the contact ${mobile}`, async () => {
    const { items } = await v1<Page<Contact>>("GET", `/contacts?mobile=${mobile}`);
    return items[0];
  });
}

async function findConversations(contactId: string): Promise<Conversation[]> {
  return (await v1<Page<Conversation>>("GET", `/conversations?contact_id=${contactId}`)).items;
}

/** SHA-256 of every file that the product keeps. */
function listFiles(): string[] {
  const folder = join(product.dataDir, "files");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    .map((bytes) => createHash("sha256").update(bytes).digest("hex"));
}

describe("a person who writes", () => {
  test("twenty times at once is one contact with one conversation, which can be answered, read and resolved", async () => {
    const mobile = nextMobile();
    const words = Array.from({ length: 20 }, (_, index) => `hola ${index}`);
    await Promise.all(words.map((word) => write(mobile, word)));
    const contact = await findContact(mobile);
    const conversation = await waitUntil("twenty unread", async () =>
      (await findConversations(contact.id)).find(({ unread }) => unread === 20),
    );
    assert.equal((await findConversations(contact.id)).length, 1);
    assert.ok(Date.parse(conversation.window_expires_at) > Date.now() + 23 * 3_600_000);
    const reply = await v1<Item>("POST", "/messages", { mobile, text: "¡Con gusto!" });
    const path = `/conversations/${conversation.id}`;
    const thread = await v1<Page<Message>>("GET", `${path}/messages?limit=1`);
    assert.deepEqual(
      thread.items.map(({ id }) => id),
      [reply.id],
    );
    const whole = await v1<Page<Message>>("GET", `${path}/messages?order=oldest`);
    const said = whole.items.filter(({ direction }) => direction === "in").map(({ text }) => text);
    assert.deepEqual(said.sort(), words.sort());
    assert.equal((await v1<Conversation>("POST", `${path}/read`, {})).unread, 0);
    assert.equal((await v1<Conversation>("PATCH", path, { state: "resolved" })).state, "resolved");
    await write(mobile, "otra cosa");
    await waitUntil("a second conversation", async () => {
      const states = (await findConversations(contact.id)).map(({ state }) => state);
      return states.sort().join() === "open,resolved";
    });
  });

  test("is not made by sending, however much is sent", async () => {
    const mobile = nextMobile();
    assert.equal((await product.ws.send({ mobile, id_template: plain() })).code, 1);
    await waitUntil("the message", async () => (await product.simulator.messages(mobile))[0]);
    const { items } = await v1<Page<Contact>>("GET", `/contacts?mobile=${mobile}`);
    assert.deepEqual(items, []);
  });
});

describe("one person's data", () => {
  test("are given out with every word and file, and are nowhere after their erasure; the books still agree", async () => {
    const { cli, simulator, demo } = product;
    const mobile = nextMobile();
    const bytes = makePdf(`cédula de ${mobile}`);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await product.ws.send({ mobile, id_template: plain(), custom_field: `ref-${mobile}` });
    const base64 = bytes.toString("base64");
    const media = { kind: "document", mime: "application/pdf", name: "cedula.pdf", base64 };
    await simulator.inbound({ from: mobile, to: demo.officialNumber, media });
    const contact = await findContact(mobile);
    await waitUntil("the file to be here", () => listFiles().includes(sha256));
    await waitUntil("the sent message to have arrived", async () => {
      const { items } = await v1<Page<{ status: string; direction: string }>>(
        "GET",
        `/messages?mobile=${mobile}&direction=out`,
      );
      return items[0]?.status === "read" || items[0]?.status === "delivered";
    });
    const projects = await cli.json<Page<{ id: string; accountId: string }>>(["project", "list"]);
    const accountId = projects.items.find(({ id }) => id === demo.projectId)?.accountId ?? "";
    const who = ["--mobile", mobile];
    const document = await cli.json<{
      contacts: Contact[];
      conversations: Conversation[];
      messages: Message[];
      files: { url: string }[];
    }>(["person", "export", accountId, ...who]);
    assert.deepEqual([document.contacts[0]?.id, document.conversations.length], [contact.id, 1]);
    assert.equal(document.messages.length, 2);
    const file = Buffer.from(await (await fetch(document.files[0]?.url ?? "")).arrayBuffer());
    assert.deepEqual(file, bytes);

    const erasure = await cli.json<{ state: string; erased: Record<string, number> }>([
      "person",
      "delete",
      accountId,
      ...who,
      "--yes",
    ]);
    assert.equal(erasure.state, "done");
    assert.equal(erasure.erased.messages, 2);
    assert.equal((await fetch(document.files[0]?.url ?? "")).status, 404);
    assert.equal(listFiles().includes(sha256), false);
    const left = await cli.json<{ messages: Message[]; contacts: Contact[] }>([
      ...["person", "export", accountId],
      ...who,
    ]);
    assert.deepEqual([left.messages, left.contacts], [[], []]);
    for (const { id, price } of document.messages) {
      const message = await v1<Message>("GET", `/messages/${id}`);
      assert.deepEqual([message.mobile, message.text, message.price], ["erased-CO", "", price]);
    }
    assert.equal((await cli.json<{ ok: boolean }>(["wallet", "verify"])).ok, true);
    await write(mobile, "hola de nuevo");
    assert.notEqual((await findContact(mobile)).id, contact.id);
  });
});

test("an erasure whose server is killed goes on with the next one, and ends", async () => {
  const pieces = await startProductInPieces();
  try {
    const { cli, simulator, demo, server } = pieces;
    const mobile = nextMobile();
    for (let word = 0; word < 300; word += 1) {
      await simulator.inbound({ from: mobile, to: demo.officialNumber, text: `palabra ${word}` });
    }
    const projects = await cli.json<Page<{ id: string; accountId: string }>>(["project", "list"]);
    const accountId = projects.items.find(({ id }) => id === demo.projectId)?.accountId ?? "";
    const who = [accountId, "--mobile", mobile];
    const count = async () =>
      (await cli.json<{ messages: unknown[] }>(["person", "export", ...who])).messages.length;
    await waitUntil("every word", async () => (await count()) === 300);
    await cli.json(["person", "delete", ...who, "--yes", "--no-wait"]);
    await server.kill();
    await server.start();
    const erasure = await cli.json<{ state: string }>(["person", "delete", ...who, "--yes"]);
    assert.equal(erasure.state, "done");
    assert.equal(await count(), 0);
  } finally {
    await pieces.stop();
  }
});
