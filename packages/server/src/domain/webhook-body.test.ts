import assert from "node:assert/strict";
import { test } from "node:test";
import {
  makeDeliveredBody,
  makeFailedBody,
  makeReadBody,
  makeReplyBody,
  makeSentBody,
} from "./webhook-body.ts";

const facts = {
  messageId: "m-1",
  whatsappId: "wamid.X",
  at: new Date("2026-11-22T15:15:30Z"),
  timeZone: "America/Bogota",
};

test("failed carries code and reason, and no odd key", () => {
  assert.deepEqual(makeFailedBody({ messageId: "m-1", code: "131048", reason: "Spam" }), {
    type: "message-event",
    type2: "failed",
    code: "131048",
    reason: "Spam",
    messageId: "m-1",
  });
});

test("sent, delivered and read name the message under both keys, in the project's time", () => {
  const sent = {
    type: "message-event",
    type2: "sent",
    messageId_whatsapp: "wamid.X",
    fecha_envio_por_whatsapp: "2026-11-22 10:15:30",
    messageId: "m-1",
    "&messageId": "m-1",
  };
  assert.deepEqual(makeSentBody(facts), sent);
  assert.deepEqual(makeDeliveredBody(facts), { ...sent, type2: "delivered" });
  assert.deepEqual(makeReadBody(facts), {
    type: "message-event",
    type2: "read",
    messageId_whatsapp: "wamid.X",
    fecha_lectura_usuario: "2026-11-22 10:15:30",
    messageId: "m-1",
    "&messageId": "m-1",
  });
});

test("reply has four keys, and the media's three only when a file came", () => {
  const reply = {
    mobile: "573002222222",
    message: "Sí",
    customField: "c",
    officialNumber: "573005202020",
  };
  const bare = {
    mobile: "573002222222",
    message: "Sí",
    custom_field: "c",
    official_number: "573005202020",
  };
  assert.deepEqual(makeReplyBody(reply), bare);
  assert.deepEqual(Object.keys(makeReplyBody(reply)), Object.keys(bare));
  const media = { url: "https://x/f", type: "image/jpeg", name: "f.jpg" };
  assert.deepEqual(makeReplyBody({ ...reply, media }), {
    ...bare,
    media_url: "https://x/f",
    media_type: "image/jpeg",
    media_name: "f.jpg",
  });
});

test("an answer says what kind it is when the manual's keys cannot: for a place or a card, not for text or a quote", () => {
  const plain = { mobile: "57300", message: "Sí", customField: "c", officialNumber: "57601" };
  const keys = (facts: object) =>
    Object.keys(makeReplyBody({ ...plain, ...facts })).filter((key) => !(key in bare));
  const bare: object = makeReplyBody(plain);
  const place = { latitude: 1, longitude: 2, name: null, address: null, url: null };
  const quote = { message_id: "m", whatsapp_id: "w" };
  assert.deepEqual(bare, {
    ...{ mobile: "57300", message: "Sí", custom_field: "c", official_number: "57601" },
  });
  assert.deepEqual(keys({ carried: { kind: "text", content: {} } }), []);
  assert.deepEqual(keys({ carried: { kind: "text", content: { quote } } }), []);
  const carried = { kind: "location", content: { quote, location: place } };
  assert.deepEqual(keys({ carried }), ["kind", "content"]);
  const told = makeReplyBody({ ...plain, carried });
  assert.deepEqual([told.kind, told.content], ["location", carried.content]);
});

test("who hides the number is told by the id that WhatsApp gives, and by no other key", () => {
  const plain = { mobile: "", message: "Hola", customField: "", officialNumber: "57601" };
  assert.equal(makeReplyBody({ ...plain, userId: "CO.1" }).user_id, "CO.1");
  assert.ok(!("user_id" in makeReplyBody(plain)));
});
