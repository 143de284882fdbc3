import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  plainTemplate,
  startTestSimulator,
  type TestSimulator,
  testNumber,
} from "../../testkit/start-test-simulator.ts";

const mobile = "573001112233";
const messages = `/meta/v23.0/${testNumber.id}/messages`;

let simulator: TestSimulator;

const full = {
  name: "full",
  language: "es_CO",
  category: "MARKETING",
  components: [
    { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::aW"] } },
    { type: "BODY", text: "Hola {{1}}, vale {{2}}.", example: { body_text: [["Ana", "$ 1"]] } },
    { type: "FOOTER", text: "Tienda" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "QUICK_REPLY", text: "Sí" },
        { type: "URL", text: "Ver", url: "https://x.co/{{1}}", example: ["https://x.co/1"] },
        { type: "COPY_CODE", example: "SAVE" },
      ],
    },
  ],
};

const image = { type: "image", image: { link: "https://example.com/a.png" } };
const header = { type: "header", parameters: [image] };
const texts = (...values: unknown[]) => ({
  type: "body",
  parameters: values.map((text) => ({ type: "text", text })),
});
const urlButton = {
  type: "button",
  sub_type: "url",
  index: "1",
  parameters: [{ type: "text", text: "881" }],
};
const codeButton = {
  type: "button",
  sub_type: "copy_code",
  index: 2,
  parameters: [{ type: "coupon_code", coupon_code: "SAVE25" }],
};
const sendFull = (...components: unknown[]) => ({
  type: "template",
  template: { name: "full", language: { code: "es_CO" }, components },
});
const otp = (code: string, button = code) => ({
  type: "template",
  template: {
    name: "otp",
    language: { code: "es_CO" },
    components: [
      texts(code),
      { type: "button", sub_type: "url", index: 0, parameters: [{ type: "text", text: button }] },
    ],
  },
});

before(async () => {
  simulator = await startTestSimulator({ pairBurst: 1_000 });
  await simulator.addTemplate(full);
  await simulator.addTemplate({
    name: "otp",
    language: "es_CO",
    category: "AUTHENTICATION",
    components: [
      { type: "BODY", add_security_recommendation: true },
      { type: "FOOTER", code_expiration_minutes: 10 },
      { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE" }] },
    ],
  });
  await simulator.addTemplate({
    name: "named",
    language: "es_CO",
    category: "UTILITY",
    parameter_format: "NAMED",
    components: [
      {
        type: "BODY",
        text: "Hola {{first_name}}, listo.",
        example: { body_text_named_params: [{ param_name: "first_name", example: "Ana" }] },
      },
    ],
  });
  for (const status of ["PENDING", "REJECTED", "PAUSED", "DISABLED"]) {
    const name = `is_${status.toLowerCase()}`;
    const components = [{ type: "BODY", text: "Hola." }];
    await simulator.addTemplate(
      { name, language: "es_CO", category: "UTILITY", components },
      status,
    );
  }
});
after(() => simulator.close());

const named = (name: string, code = "es_CO") => ({
  type: "template",
  template: { name, language: { code } },
});
const interactive = (action: unknown, more: object = {}) => ({
  type: "interactive",
  interactive: { type: "button", body: { text: "¿?" }, action, ...more },
});
const replies = (count: number) => ({
  buttons: Array.from({ length: count }, (_, index) => ({
    type: "reply",
    reply: { id: `b${index}`, title: `Botón ${index}` },
  })),
});

const refused: [what: string, body: Record<string, unknown>, code: number, details?: RegExp][] = [
  ["no messaging_product", { messaging_product: undefined, ...plainTemplate }, 100],
  ["no recipient", { to: undefined, ...plainTemplate }, 131008],
  ["a recipient that is no number", { to: "hola", ...plainTemplate }, 131009],
  ["itself as recipient", { to: "+573005202020", ...plainTemplate }, 131021],
  [
    "a recipient by an id that is nobody's",
    { to: undefined, recipient: "CO.1", ...plainTemplate },
    131009,
  ],
  ["an unknown type", { type: "poll" }, 131051],
  ["a type named like a method", { type: "constructor" }, 131051],
  ["a type without its object", { type: "text" }, 131008],
  ["a text without body", { type: "text", text: {} }, 131008],
  ["a text over 4096", { type: "text", text: { body: "a".repeat(4097) } }, 100],
  ["an opaque over 512", { ...plainTemplate, biz_opaque_callback_data: "a".repeat(513) }, 100],
  ["an unknown media id", { type: "image", image: { id: "1" } }, 100],
  ["a link that is none", { type: "image", image: { link: "ftp://x/y" } }, 100],
  ["neither id nor link", { type: "image", image: {} }, 131008],
  [
    "a caption on audio",
    { type: "audio", audio: { link: "https://x.co/a.mp3", caption: "x" } },
    100,
  ],
  ["a latitude beyond 90", { type: "location", location: { latitude: 91, longitude: 0 } }, 131009],
  ["contacts without a name", { type: "contacts", contacts: [{}] }, 131008],
  ["four reply buttons", interactive(replies(4)), 131009, /Invalid buttons count/],
  ["no reply button", interactive(replies(0)), 131009],
  ["a template nobody made", named("nobody"), 132001, /\(nobody\) does not exist in es_CO/],
  ["a template in another language", named("plain", "es"), 132001],
  ["a pending template", named("is_pending"), 132001],
  ["a rejected template", named("is_rejected"), 132001],
  ["a paused template", named("is_paused"), 132015],
  ["a disabled template", named("is_disabled"), 132016],
  [
    "no header for a media header",
    sendFull(texts("a", "b")),
    132012,
    /expected IMAGE, received UNKNOWN/,
  ],
  [
    "a document for an image header",
    sendFull(
      { type: "header", parameters: [{ type: "document", document: { id: "1" } }] },
      texts("a", "b"),
    ),
    132012,
    /expected IMAGE, received DOCUMENT/,
  ],
  [
    "too few body parameters",
    sendFull(header, texts("a"), urlButton, codeButton),
    132000,
    /body: number of localizable_params \(1\) does not match the expected number of params \(2\)/,
  ],
  ["no body parameters", sendFull(header, urlButton, codeButton), 132000],
  ["a blank parameter", sendFull(header, texts("a", " "), urlButton, codeButton), 131008],
  [
    "a parameter with a line break",
    sendFull(header, texts("a", "b\nc"), urlButton, codeButton),
    132018,
  ],
  ["a parameter with a tab", sendFull(header, texts("a", "b\tc"), urlButton, codeButton), 132018],
  [
    "a parameter with five blanks",
    sendFull(header, texts("a", "b     c"), urlButton, codeButton),
    132018,
  ],
  ["a number as a parameter", sendFull(header, texts("a", 5), urlButton, codeButton), 100],
  [
    "an image as a body parameter",
    sendFull(header, { type: "body", parameters: [image, image] }, urlButton, codeButton),
    132012,
  ],
  [
    "a body that becomes too long",
    sendFull(header, texts("a", "b".repeat(1020)), urlButton, codeButton),
    132005,
  ],
  [
    "no parameter for a URL button",
    sendFull(header, texts("a", "b"), codeButton),
    131008,
    /Button at index 1 of type Url requires a parameter/,
  ],
  ["no coupon code", sendFull(header, texts("a", "b"), urlButton), 131008],
  [
    "a button of another kind",
    sendFull(header, texts("a", "b"), { ...urlButton, index: 0 }, codeButton),
    132018,
  ],
  [
    "a header for a template without one",
    { type: "template", template: { ...plainTemplate.template, components: [header] } },
    132018,
  ],
  [
    "a body parameter for a template without variables",
    { type: "template", template: { ...plainTemplate.template, components: [texts("a")] } },
    132000,
  ],
  [
    "a one-time code over 15",
    otp("1234567890123456"),
    132018,
    /exceeds the parameter length limit 15/,
  ],
  ["a one-time code with an emoji", otp("12👍"), 132018],
  [
    "a named parameter without its name",
    {
      type: "template",
      template: { name: "named", language: { code: "es_CO" }, components: [texts("Ana")] },
    },
    100,
  ],
  ["read of an unknown message", { status: "read", message_id: "wamid.none" }, 131009],
];

for (const [what, body, code, details] of refused) {
  test(`a send with ${what} is refused with ${code} and nothing arrives`, async () => {
    const answer = await simulator.send(mobile, body);
    const { error } = answer.body;
    assert.equal(error?.code, code);
    assert.equal(answer.status, code === 132001 ? 404 : 400);
    assert.equal(error.type, "OAuthException");
    assert.match(error.message, new RegExp(`^\\(#${code}\\) `));
    assert.equal(typeof error.fbtrace_id, "string");
    if (details !== undefined) assert.match(error.error_data.details, details);
    const list = await simulator.call("GET", "/sim/messages?failed=1");
    assert.deepEqual(list.body, []);
  });
}

test("what is right in all parts is accepted, and the template arrives filled", async () => {
  const answer = await simulator.send("573004445566", otp("482913"));
  assert.equal(answer.status, 200);
  assert.equal(answer.body.messages[0].message_status, "accepted");
  const thread = await simulator.call("GET", "/sim/threads/573004445566");
  assert.match(thread.body[0].body, /^\*482913\* es tu código/);
  assert.deepEqual(thread.body[0].buttons, [
    { kind: "copy_code", text: "Copiar código", target: "482913" },
  ]);
  await simulator.call("POST", "/sim/reset");
});

for (const [what, authorization, path, code, status] of [
  ["without a token", "", messages, 190, 401],
  ["with an unknown token", "Bearer garbage", messages, 190, 401],
  [
    "for a number that is not the token's",
    "Bearer test-token",
    "/meta/v23.0/999/messages",
    100,
    400,
  ],
] as const) {
  test(`a call ${what} is refused with ${code}`, async () => {
    const response = await fetch(new URL(path, simulator.url), {
      method: "POST",
      headers: { "content-type": "application/json", ...(authorization && { authorization }) },
      body: JSON.stringify({ messaging_product: "whatsapp", to: mobile, ...plainTemplate }),
    });
    const { error } = (await response.json()) as {
      error: { code: number; error_subcode?: number };
    };
    assert.equal(response.status, status);
    assert.equal(error.code, code);
    assert.equal(error.error_subcode, code === 100 ? 33 : undefined);
  });
}

for (const [what, body] of [
  ["malformed JSON", '{"a":'],
  ["an array", "[]"],
  ["a prototype", '{"__proto__":{"a":1}}'],
] as const) {
  test(`${what} instead of a message is code 100`, async () => {
    const response = await fetch(new URL(messages, simulator.url), {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer test-token" },
      body,
    });
    assert.equal(response.status, 400);
    const { error } = (await response.json()) as { error: { code: number } };
    assert.equal(error.code, 100);
  });
}
