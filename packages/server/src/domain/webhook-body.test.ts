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
