import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { messageContent } from "@recado/contract/v1/message-content";
import fc from "fast-check";
import type { InboundItem } from "../../domain/inbound.ts";
import { receiveGupshup } from "../gupshup/receive.ts";
import { INNER_READERS } from "../gupshup/receive-message.ts";
import { MESSAGE_READERS } from "./message-readers.ts";
import { receiveCloud } from "./receive.ts";
import { ACCOUNT_FIELDS } from "./receive-account.ts";
import { SPECIAL_READERS } from "./receive-message.ts";

/* Whatever somebody else's JSON holds: nothing throws, no neighbour is lost, and what is kept is what `/v1` shows. */

const TYPES = [...Object.keys(MESSAGE_READERS), ...Object.keys(SPECIAL_READERS), "toString"];
/** Names that readers look for, so that random objects have them often. */
const NAMES = [
  ...["id", "type", "body", "text", "emoji", "message_id", "latitude", "longitude", "name"],
  ...["phones", "phone", "formatted_name", "emails", "org", "button_reply", "nfm_reply", "title"],
  ...["response_json", "product_items", "quantity", "item_price", "original_message_id", "message"],
  ...["wa_id", "user_id", "previous_user_id", "errors", "code", "url", "mime_type", "voice"],
];
const leaf = fc.oneof(
  fc.constantFrom(
    "",
    "button_reply",
    "nfm_reply",
    "user_changed_number",
    "text",
    '{"a":"\\u0000"}',
  ),
  fc.string({ unit: "binary" }),
  fc.double(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
);
const { tree: anything } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie("tree"), { maxKeys: 6 }),
  ),
}));

const NEIGHBOUR = { id: "wamid.ok", from: "573001234567", timestamp: "1790416830", type: "text" };

function itemsOf(result: ReturnType<typeof receiveCloud>): InboundItem[] {
  assert.equal(result.kind, "items");
  return result.kind === "items" ? result.items : [];
}

function bytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function cloudPost(messages: unknown[]) {
  const value = { metadata: { phone_number_id: "1" }, messages };
  const changes = [{ field: "messages", value }];
  return { object: "whatsapp_business_account", entry: [{ id: "1", changes }] };
}

/** What is kept must be exactly what the contract says that it is. */
function checkItem(item: InboundItem | undefined): void {
  if (item?.kind !== "message" || item.content === undefined) return;
  assert.deepEqual(messageContent.parse(item.content), item.content);
}

describe("a person's message with anything in it", () => {
  it("of Meta's is one item, beside which its neighbour stands", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), anything, anything, (type, inner, around) => {
        const odd = { ...NEIGHBOUR, id: "wamid.odd", type, [type]: inner };
        const more = { context: around, referral: around, errors: [around] };
        const post = cloudPost([
          { ...odd, ...more },
          { ...NEIGHBOUR, text: { body: "sigo" } },
        ]);
        const items = itemsOf(receiveCloud(bytes(post)));
        assert.equal(items.length, 2);
        checkItem(items[0]);
        assert.ok(items[1]?.kind === "message" && items[1].text === "sigo");
      }),
      { numRuns: 500 },
    );
  });

  it("of Gupshup's is one item in either shape", () => {
    const kinds = [...Object.keys(INNER_READERS), "toString"];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), anything, anything, (type, inner, around) => {
        const head = { id: "wamid.odd", type, payload: inner, source: "573001234567" };
        const payload = { ...head, context: around, referral: around, sender: around };
        const own = { app: "TiendaDemo", type: "message", timestamp: 1790416830123, payload };
        const items = itemsOf(receiveGupshup(bytes(own)));
        assert.equal(items.length, 1);
        checkItem(items[0]);
        const odd = { ...NEIGHBOUR, id: "wamid.odd", type, [type]: inner, context: around };
        const passed = cloudPost([odd, { ...NEIGHBOUR, text: { body: "sigo" } }]);
        const both = itemsOf(receiveGupshup(bytes({ ...passed, gs_app_id: "a" })));
        assert.equal(both.length, 2);
        checkItem(both[0]);
        assert.ok(both[1]?.kind === "message" && both[1].text === "sigo");
      }),
      { numRuns: 500 },
    );
  });
});

it("a notice about the account is one item, whatever its data, and is cut where it has no end", () => {
  fc.assert(
    fc.property(fc.constantFrom(...ACCOUNT_FIELDS), anything, (field, value) => {
      const entry = [{ id: "1", time: 1, changes: [{ field, value: { data: value } }] }];
      const items = itemsOf(receiveCloud(bytes({ object: "whatsapp_business_account", entry })));
      assert.deepEqual(
        items.map((item) => item.kind),
        ["notice"],
      );
    }),
  );
  const deep = `${'{"a":'.repeat(2_000)}1${"}".repeat(2_000)}`;
  const many = JSON.stringify(Array(5_000).fill(1));
  const value = `{"long":"${"x".repeat(1_000_000)}","many":${many},"deep":${deep}}`;
  const change = `{"field":"account_update","value":${value}}`;
  const post = `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[${change}]}]}`;
  const [notice] = itemsOf(receiveCloud(Buffer.from(post)));
  assert.ok(notice?.kind === "notice" && notice.said);
  assert.ok(JSON.stringify(notice.said.data).length < 20_000);
});
