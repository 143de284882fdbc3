import assert from "node:assert/strict";
import { test } from "node:test";
import { isMessageNews, makeMessageBody, type NewsFacts } from "./message-news.ts";

const facts: NewsFacts = {
  messageId: "m-1",
  whatsappId: "wamid.X",
  at: new Date("2026-11-22T15:15:30Z"),
  timeZone: "Europe/Madrid",
  code: "131026",
  reason: "undeliverable",
};

test("integrators are told of four kinds of events, and of no other", () => {
  const kinds = [
    "failed",
    "sent",
    "delivered",
    "read",
    "accepted",
    "submitted",
    "refunded",
    "reply",
  ];
  assert.deepEqual(kinds.filter(isMessageNews), ["failed", "sent", "delivered", "read"]);
});

test("each kind gets the body of its name, in the project's time", () => {
  for (const kind of ["failed", "sent", "delivered", "read"] as const) {
    assert.equal(makeMessageBody(kind, facts).type2, kind);
  }
  const sent = makeMessageBody("sent", facts);
  assert.ok("fecha_envio_por_whatsapp" in sent);
  assert.equal(sent.fecha_envio_por_whatsapp, "2026-11-22 16:15:30");
});

test("a project without a zone is told Bogota's time", () => {
  const read = makeMessageBody("read", { ...facts, timeZone: undefined });
  assert.ok("fecha_lectura_usuario" in read);
  assert.equal(read.fecha_lectura_usuario, "2026-11-22 10:15:30");
});

test("a failure has its code and reason, and without them 402 and no words", () => {
  const told = (code: string | null | undefined, reason: string | null | undefined) => {
    const body = makeMessageBody("failed", { ...facts, code, reason });
    return "code" in body ? [body.code, body.reason] : null;
  };
  assert.deepEqual(told("131026", "undeliverable"), ["131026", "undeliverable"]);
  assert.deepEqual(told(null, null), ["402", ""]);
  assert.deepEqual(told(undefined, undefined), ["402", ""]);
});
