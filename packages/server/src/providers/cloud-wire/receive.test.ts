import assert from "node:assert/strict";
import { it } from "node:test";
import { receiveCloud } from "./receive.ts";

const statusUpdate = (id: string, language: string) =>
  `{"object":"whatsapp_business_account","entry":[{"id":1049961223991600001,"time":1,"changes":[{"field":"message_template_status_update","value":{"event":"APPROVED","message_template_id":${id},"message_template_name":"a","message_template_language":"${language}","reason":null}}]}]}`;

it("ids that are numbers beyond 2^53 keep every digit", () => {
  const result = receiveCloud(Buffer.from(statusUpdate("9007199254740993", "es")));
  assert.ok(result.kind === "items" && result.items[0]?.kind === "template");
  assert.equal(result.items[0].providerTemplateId, "9007199254740993");
  assert.equal(result.items[0].businessId, "1049961223991600001");
});

it("digits inside a text are left alone", () => {
  const body = message({ type: "text", text: { body: '{"id":9007199254740993}' } });
  assert.equal(textIn(body), '{"id":9007199254740993}');
});

it("the quality that comes under the name of the status is read as quality", () => {
  const body = statusUpdate("1", "es").replace('"event":"APPROVED"', '"new_quality_score":"RED"');
  const result = receiveCloud(Buffer.from(body));
  const [item] = result.kind === "items" ? result.items : [];
  assert.ok(item?.kind === "template");
  assert.deepEqual([item.quality, item.status], ["red", null]);
});

it("a new word for a template's state changes nothing and is named", () => {
  const body = statusUpdate("1", "es").replace("APPROVED", "HIBERNATED");
  assert.deepEqual(receiveCloud(Buffer.from(body)), {
    kind: "items",
    items: [{ kind: "unsupported", what: "template event HIBERNATED" }],
  });
});

it("NUL characters do not reach the database", () => {
  assert.equal(textIn(message({ type: "text", text: { body: "a\0b" } })), "ab");
});

it("names of JavaScript's own are no types of message", () => {
  for (const type of ["constructor", "__proto__", "toString"]) {
    const body = Buffer.from(
      JSON.stringify(message({})).replace('"timestamp"', `"type":"${type}","timestamp"`),
    );
    assert.deepEqual(receiveCloud(body), {
      kind: "items",
      items: [{ kind: "unsupported", what: `message type ${type}` }],
    });
  }
});

it("a name from outside is cut", () => {
  const result = receiveCloud(Buffer.from(JSON.stringify(message({ type: "x".repeat(5_000) }))));
  assert.ok(result.kind === "items" && result.items[0]?.kind === "unsupported");
  assert.equal(result.items[0].what.length, 100);
});

it("a telephone with blanks and a plus is digits", () => {
  const body = message({ type: "text", text: { body: "x" }, from: "+57 300 1234567" });
  const result = receiveCloud(Buffer.from(JSON.stringify(body)));
  assert.ok(result.kind === "items" && result.items[0]?.kind === "message");
  assert.equal(result.items[0].from, "573001234567");
});

it("a message without a usable time is kept and named", () => {
  for (const timestamp of [undefined, "", "soon", "-5", "9".repeat(15), {}]) {
    const body = message({ type: "text", text: { body: "x" }, timestamp });
    const result = receiveCloud(Buffer.from(JSON.stringify(body)));
    assert.ok(result.kind === "items" && result.items[0]?.kind === "unsupported");
  }
});

function message(fields: Record<string, unknown>): unknown {
  const messages = [{ from: "573001234567", id: "wamid.A", timestamp: "1790416830", ...fields }];
  const value = { metadata: { phone_number_id: "1" }, messages };
  const changes = [{ field: "messages", value }];
  return { object: "whatsapp_business_account", entry: [{ id: "1", changes }] };
}

function textIn(body: unknown): string | null {
  const result = receiveCloud(Buffer.from(JSON.stringify(body)));
  const item = result.kind === "items" ? result.items[0] : undefined;
  return item?.kind === "message" ? item.text : null;
}
