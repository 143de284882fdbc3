import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReceivedWebhook } from "@recado/contract/simulator-api";
import { findTelephone, indexTelephones, summarizeWebhook } from "./webhook-summary.ts";

const sent = {
  type: "message-event",
  type2: "sent",
  messageId_whatsapp: "wamid.1",
  fecha_envio_por_whatsapp: "2026-11-22 10:15:30",
  messageId: "m1",
  "&messageId": "m1",
};
const failed = {
  type: "message-event",
  type2: "failed",
  code: "131048",
  reason: "Límite",
  messageId: "m1",
};
const reply = {
  mobile: "573001234567",
  message: "Sí",
  custom_field: "",
  official_number: "573005202020",
};

test("each of the five shapes is recognised with its ids", () => {
  for (const kind of ["sent", "delivered", "read"] as const) {
    const summary = summarizeWebhook(webhook({ ...sent, type2: kind }));
    assert.deepEqual(
      [summary.kind, summary.messageId, summary.whatsappId],
      [kind, "m1", "wamid.1"],
    );
  }
  assert.equal(summarizeWebhook(webhook(failed)).gist, "131048 · Límite");
  const replied = summarizeWebhook(webhook(reply));
  assert.deepEqual([replied.kind, replied.mobile, replied.gist], ["reply", "573001234567", "Sí"]);
});

test("the manual's odd key alone is enough", () => {
  const { messageId: _left, ...odd } = sent;
  assert.equal(summarizeWebhook(webhook(odd)).messageId, "m1");
});

test("a body of any other kind is shown as such, never refused", () => {
  for (const body of [null, "text", 7, [], { type: "message-event", type2: "sneezed" }]) {
    assert.equal(summarizeWebhook(webhook(body)).kind, "other");
  }
});

test("a reply without words is known by its kind", () => {
  const deletion = { mobile: "573001234567", message: "", kind: "deletion" };
  const { kind, gist } = summarizeWebhook(webhook(deletion));
  assert.deepEqual([kind, gist], ["reply", "deletion"]);
});

test("a failure finds its telephone through what it shares with an earlier event or the caller's mark", () => {
  const summaries = [sent, failed].map((body) => summarizeWebhook(webhook(body)));
  const failure = summarizeWebhook(webhook(failed));
  const byEvent = indexTelephones(summaries, [{ id: "wamid.1", to: "573001234567", opaque: null }]);
  assert.equal(findTelephone(failure, byEvent), "573001234567");
  const byMark = indexTelephones([failure], [{ id: "x", to: "573007654321", opaque: "m1" }]);
  assert.equal(findTelephone(failure, byMark), "573007654321");
  assert.equal(findTelephone(failure, new Map()), null);
});

function webhook(body: unknown): ReceivedWebhook {
  return { at: "", headers: {}, body, raw: "", answered: 200, signature: null };
}
