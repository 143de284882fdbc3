import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { redactPost } from "./redact-post.ts";

const ANA = "573001111111";
const LUIS = "573002222222";
const GONE = { erased: true };

const mine = { addresses: [ANA, "CO.1"], numbers: null };

function makePost(numberId: string) {
  return {
    object: "whatsapp_business_account",
    entry: [
      {
        id: "1",
        changes: [
          {
            field: "messages",
            value: {
              metadata: { phone_number_id: numberId },
              contacts: [
                { profile: { name: "Ana" }, wa_id: ANA },
                { profile: { name: "Luis" }, wa_id: LUIS },
              ],
              messages: [
                { from: ANA, id: "wamid.A", text: { body: "mi cédula" } },
                { from: LUIS, id: "wamid.L", text: { body: `la ${ANA} no es mía` } },
              ],
              statuses: [{ recipient_id: `+${ANA}` }, { recipient_id: LUIS }],
            },
          },
        ],
      },
    ],
  };
}

describe("a provider's post, when a person's data are erased", () => {
  test("loses that person's items, and keeps those of others with their words", () => {
    const redacted = JSON.parse(redactPost(JSON.stringify(makePost("7")), mine) ?? "");
    const { value } = redacted.entry[0].changes[0];
    const whole = makePost("7").entry[0]?.changes[0]?.value;
    assert.deepEqual(value, {
      metadata: { phone_number_id: "7" },
      contacts: [GONE, whole?.contacts[1]],
      messages: [GONE, whole?.messages[1]],
      statuses: [GONE, { recipient_id: LUIS }],
    });
  });

  test("keeps the same person's items that were said to another account's number through a shared app", () => {
    const text = JSON.stringify(makePost("7"));
    assert.equal(redactPost(text, { addresses: [ANA], numbers: ["8"] }), null);
    assert.notEqual(redactPost(text, { addresses: [ANA], numbers: ["7"] }), null);
  });

  test("goes whole when no list stands around the person", () => {
    const post = {
      app: "Shop",
      type: "message",
      payload: { source: ANA, sender: { name: "Ana" } },
    };
    const text = JSON.stringify(post);
    assert.deepEqual(JSON.parse(redactPost(text, mine) ?? ""), GONE);
    assert.deepEqual(
      JSON.parse(redactPost(text, { addresses: [ANA], numbers: ["Shop"] }) ?? ""),
      GONE,
    );
  });

  test("by WhatsApp's id and by a number that is no text is found as well", () => {
    assert.notEqual(redactPost('[{"from_user_id":"CO.1"}]', mine), null);
    assert.notEqual(redactPost(`[{"wa_id":${ANA}}]`, mine), null);
  });

  test("that does not concern the person is left alone, and no JSON goes only when it does", () => {
    assert.equal(redactPost(JSON.stringify({ a: [{ wa_id: LUIS }] }), mine), null);
    assert.equal(redactPost("{ not json", mine), null);
    assert.deepEqual(JSON.parse(redactPost(`{ not json ${ANA}`, mine) ?? ""), GONE);
    const deep = `${"[".repeat(100_000)}"${ANA}"${"]".repeat(100_000)}`;
    assert.deepEqual(JSON.parse(redactPost(deep, mine) ?? ""), GONE);
  });
});

describe("a post that is unlike others", () => {
  test("loses its whole body when that is no JSON and holds the address, unless others' numbers may be meant", () => {
    const text = `from=${ANA}&text=hola`;
    assert.equal(redactPost(text, mine), JSON.stringify(GONE));
    assert.equal(redactPost(text, { ...mine, numbers: ["1"] }), null);
    assert.equal(redactPost("from=573009999999", mine), null);
  });

  test("is gone through whatever stands in it: null, true, numbers, nothing", () => {
    const post = { a: null, b: true, c: [null, false, 1, Number(ANA)], d: [], e: {} };
    assert.deepEqual(JSON.parse(redactPost(JSON.stringify(post), mine) ?? ""), {
      ...post,
      c: [null, false, 1, GONE],
    });
    assert.equal(redactPost("null", mine), null);
    assert.equal(redactPost('[null,{"a":null}]', mine), null);
  });

  test("nested deeper than any provider's counts as no JSON, and never ends the process", () => {
    const nest = (levels: number) => `${'[{"a":1},'.repeat(levels)}"${ANA}"${"]".repeat(levels)}`;
    const nearest = redactPost(nest(199), mine);
    assert.ok(nearest?.includes('{"a":1}'));
    assert.equal(redactPost(nest(200), mine), JSON.stringify(GONE));
    assert.equal(redactPost(nest(5_000), mine), JSON.stringify(GONE));
  });

  test("that was said to another number stays as it is, wherever the person is named", () => {
    const post = { number: "9", items: [{ from: ANA }, { number: "1", from: ANA }] };
    const redacted = redactPost(JSON.stringify(post), { ...mine, numbers: ["1"] });
    assert.deepEqual(JSON.parse(redacted ?? "null"), { number: "9", items: [{ from: ANA }, GONE] });
  });
});
