import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { NOTICE_EVENTS, receiveGupshup } from "./receive.ts";
import { INNER_READERS } from "./receive-message.ts";
import { MESSAGE_STATUSES } from "./receive-message-event.ts";

function receive(body: unknown) {
  return receiveGupshup(Buffer.from(JSON.stringify(body)));
}

it("an event of Gupshup's own is one item, whatever is in it", () => {
  const types = ["message", "message-event", "template-event", ...NOTICE_EVENTS, "constructor"];
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.jsonValue(), (type, payload) => {
      const result = receive({ app: "TiendaDemo", type, timestamp: payload, payload });
      assert.equal(result.kind === "items" && result.items.length, 1);
    }),
  );
});

it("what a message or a status holds inside never makes it throw", () => {
  const inner = [...Object.keys(INNER_READERS), ...MESSAGE_STATUSES, "toString"];
  fc.assert(
    fc.property(fc.constantFrom(...inner), fc.jsonValue(), (type, value) => {
      for (const event of ["message", "message-event"]) {
        const payload = { id: "1", gsId: value, type, payload: value, sender: value };
        const more = { context: value, pricing: value };
        const body = { app: "A", type: event, timestamp: 1790416830123, payload };
        assert.equal(receive({ ...body, payload: { ...payload, ...more } }).kind, "items");
      }
    }),
  );
});

it("a telephone without digits is nobody's", () => {
  const payload = { id: "1", type: "text", payload: { text: "x" }, source: "oculto" };
  const result = receive({ app: "A", type: "message", timestamp: 1790416830123, payload });
  assert.ok(result.kind === "items" && result.items[0]?.kind === "message");
  assert.equal(result.items[0].from, null);
});
