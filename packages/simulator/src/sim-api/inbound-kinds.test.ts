import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ThreadItem } from "@recado/contract/simulator-api";
import {
  startTestSimulator,
  type TestSimulator,
  testNumber,
  until,
} from "../testkit/start-test-simulator.ts";

const official = testNumber.displayNumber;
const gupshup = {
  provider: "gupshup",
  id: "5b1c7a30-2f44-4d0e-9c31-7f2a6e0d91aa",
  appName: "TiendaDemo",
  wabaId: "204000000000002",
  displayNumber: "573005303030",
  verifiedName: "Tienda Demo",
  accessToken: "gs-key-1",
};

let simulator: TestSimulator;

before(async () => {
  simulator = await startTestSimulator();
  const registered = await simulator.call("POST", "/sim/numbers", {
    ...gupshup,
    callbackUrl: simulator.callback.url,
  });
  assert.equal(registered.status, 200);
});
after(() => simulator.close());

async function write(body: Record<string, unknown>): Promise<string> {
  const answer = await simulator.call("POST", "/sim/inbound", { to: official, ...body });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.id as string;
}

/** The message of Meta's shape that was posted under this id. */
function posted(id: string): Promise<Record<string, unknown>> {
  return until(() => inMetaShape().find((message) => message.id === id));
}

function inMetaShape(): Record<string, unknown>[] {
  return simulator.callback.posts
    .flatMap((post) => post.body.entry ?? [])
    .flatMap((entry) => entry.changes)
    .flatMap((change) => change.value.messages ?? []);
}

/** The event in Gupshup's own shape whose payload has this id. */
// biome-ignore lint/suspicious/noExplicitAny: the test looks into many shapes.
function postedOwn(type: string, id: string): Promise<any> {
  return until(() =>
    simulator.callback.posts
      // biome-ignore lint/suspicious/noExplicitAny: as above.
      .map((post) => post.body as any)
      .find((body) => body.type === type && body.payload.id === id),
  );
}

async function bubble(mobile: string, id: string): Promise<ThreadItem> {
  const { body } = await simulator.call("GET", `/sim/threads/${mobile}`);
  const found = (body as ThreadItem[]).find((item) => item.id === id);
  assert.ok(found);
  return found;
}

test("a place, a card and an order are told as Meta tells them, and stand in the chat in words", async () => {
  const from = "573003000001";
  const place = { latitude: 4.65, longitude: -74.05, name: "Parque" };
  const card = { name: "Luis Pérez", phones: ["+57 300 1112233"] };
  const order = { note: "para hoy", items: [{ productId: "SKU1", quantity: 2, price: 15_000 }] };
  const ids = [
    await write({ from, location: place }),
    await write({ from, contact: card }),
    await write({ from, order }),
  ];
  const [first, second, third] = await Promise.all(ids.map(posted));
  assert.deepEqual(first?.location, place);
  const name = { formatted_name: "Luis Pérez", first_name: "Luis", last_name: "Pérez" };
  const phones = [{ phone: "+57 300 1112233", type: "CELL", wa_id: "573001112233" }];
  assert.deepEqual(second?.contacts, [{ name, phones }]);
  const items = [{ product_retailer_id: "SKU1", quantity: 2, item_price: 15_000, currency: "COP" }];
  assert.deepEqual(third?.order, {
    ...{ catalog_id: "194000000000001", text: "para hoy", product_items: items },
  });
  assert.match((await bubble(from, ids[0] ?? "")).body ?? "", /Parque/);
});

test("a reaction, an edit and a deletion name the message that they change, and change its bubble", async () => {
  const from = "573003000002";
  const own = await write({ from, text: "a las 4" });
  const thumb = await posted(await write({ from, reaction: "👍", replyTo: own }));
  assert.deepEqual(thumb.reaction, { message_id: own, emoji: "👍" });
  assert.equal((await bubble(from, own)).reaction, "👍");
  const gone = await posted(await write({ from, reaction: "", replyTo: own }));
  assert.deepEqual(gone.reaction, { message_id: own });
  const edit = await posted(await write({ from, edit: "a las 5", replyTo: own }));
  const message = { type: "text", text: { body: "a las 5" } };
  assert.deepEqual(edit.edit, { original_message_id: own, message });
  assert.equal((await bubble(from, own)).body, "a las 5");
  const revoke = await posted(await write({ from, delete: true, replyTo: own }));
  assert.deepEqual(revoke.revoke, { original_message_id: own });
  const { type, body } = await bubble(from, own);
  assert.deepEqual([type, body], ["revoked", null]);
});

test("a change of number is told about the old one, and a hidden number not at all", async () => {
  const from = "573003000003";
  const moved = await posted(await write({ from, newNumber: "573003000004" }));
  assert.equal(moved.from, from);
  assert.equal((moved.system as Record<string, unknown>).wa_id, "573003000004");
  const hidden = await posted(await write({ from, text: "soy yo", hidden: true }));
  assert.equal(hidden.from, undefined);
  assert.match(String(hidden.from_user_id), /^CO\.\d+$/);

  // Answered by that id, and the answer tells no number either.
  const send = (recipient: unknown) =>
    simulator.call("POST", `/meta/v23.0/${testNumber.id}/messages`, {
      ...{ messaging_product: "whatsapp", recipient, type: "text", text: { body: "hola" } },
    });
  const { status, body } = await send(hidden.from_user_id);
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(body.contacts, [{ input: hidden.from_user_id, user_id: hidden.from_user_id }]);
  await until(async () => (await bubble(from, body.messages[0].id)) ?? undefined);
  for (const stranger of ["CO.1", "", 7, null]) {
    assert.equal((await send(stranger)).body.error.code, 131009, JSON.stringify(stranger));
  }
});

test("Gupshup tells in its own shape what it has one for, and the rest in Meta's", async () => {
  const from = "573003000005";
  const to = gupshup.displayNumber;
  const place = { latitude: 4.65, longitude: -74.05 };
  const location = await postedOwn("message", await write({ from, to, location: place }));
  assert.deepEqual(location.payload.payload, { latitude: "4.65", longitude: "-74.05" });
  const own = await write({ from, to, text: "uno" });
  const reaction = await write({ from, to, reaction: "❤️", replyTo: own });
  const told = await postedOwn("message", reaction);
  assert.deepEqual(told.payload.payload, { emoji: "❤️", id: own });
  const edit = await posted(await write({ from, to, edit: "dos", replyTo: own }));
  assert.equal(edit.type, "edit");
  await write({ from, to, delete: true, replyTo: own });
  const deleted = await postedOwn("message-event", own);
  assert.equal(deleted.payload.type, "deleted");
  const order = await posted(await write({ from, to, order: { items: [{ productId: "A" }] } }));
  assert.equal(order.type, "order");
});

test("what is about another message needs that message, and only one's own can be changed", async () => {
  const from = "573003000006";
  const refused = async (body: Record<string, unknown>) =>
    (await simulator.call("POST", "/sim/inbound", { from, to: official, ...body })).status;
  assert.equal(await refused({ reaction: "👍" }), 400);
  assert.equal(await refused({ edit: "x", replyTo: "wamid.nobody" }), 404);
  const arrived = await simulator.send(from);
  const theirs = arrived.body.messages[0].id as string;
  assert.equal(await refused({ delete: true, replyTo: theirs }), 404);
  assert.equal(await refused({ text: "a", location: { latitude: 1, longitude: 1 } }), 400);
  assert.equal(await refused({ location: { latitude: 91, longitude: 1 } }), 400);
});
