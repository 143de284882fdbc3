import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatMetaJson, signMetaBody } from "./meta-json.ts";

const vectors: [body: string, signature: string][] = [
  [
    '{"object":"whatsapp_business_account","entry":[]}',
    "sha256=bc905fee67e86250e46ead4d1b193c97047125f2d02654205c854126a661a243",
  ],
  [
    '{"object": "whatsapp_business_account", "entry": []}',
    "sha256=1ab3716d0b10c284adcf3a359b810dd9224a671c28479fd6d1712221697d7eef",
  ],
  [
    '{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"text":{"body":"ma\\u00f1ana \\ud83d\\udc4d https:\\/\\/x.co"}}]}}]}]}',
    "sha256=469bf9b371e06bbe6cc6306204db86978a0ba6b0b4f88df051af70c4dc7e1d32",
  ],
];

for (const [body, signature] of vectors) {
  test(`the signature of ${body.length} bytes is that of the protocol's vector`, () => {
    assert.equal(signMetaBody(body, "sim_app_secret"), signature);
  });
}

test("a body is written with the escapes that Meta uses", () => {
  const value = {
    object: "whatsapp_business_account",
    entry: [
      {
        id: "1",
        changes: [
          {
            field: "messages",
            value: { messages: [{ text: { body: "mañana 👍 https://x.co" } }] },
          },
        ],
      },
    ],
  };
  assert.equal(formatMetaJson(value), vectors[2]?.[0]);
});

test("escaped JSON is plain ASCII and reads back as what it was", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = formatMetaJson(value);
      assert.match(text, /^[\x20-\x7e]*$/);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    }),
  );
});
