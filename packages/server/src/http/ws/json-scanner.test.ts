import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { AppError } from "../../platform/app-error.ts";
import { createKeepingSink, type KeepingSink } from "../../testkit/ws-bodies.ts";
import { WsFieldReceiver, type WsFields } from "./field-receiver.ts";
import { createJsonScanner } from "./json-scanner.ts";

/** What a JSON body comes to, read in pieces of the given size. */
function read(body: string | Buffer, piece = 3): { fields: WsFields; media: string | undefined } {
  let sink: KeepingSink | undefined;
  const receiver = new WsFieldReceiver({
    fieldBytesMax: 4000,
    newMediaSink: () => {
      sink = createKeepingSink();
      return sink;
    },
  });
  const scanner = createJsonScanner(receiver);
  const bytes = Buffer.from(body);
  for (let at = 0; at < bytes.length; at += piece) scanner.scan(bytes.subarray(at, at + piece));
  scanner.end();
  return { fields: receiver.fields, media: sink?.text() };
}

const BODIES: [body: string, fields: WsFields, media?: string][] = [
  ["", {}],
  [" \r\n\t", {}],
  ["{}", {}],
  [' { "login" : "a" , "token":"b" } \n', { login: "a", token: "b" }],
  ['\ufeff{"login":"a"}', { login: "a" }],
  ['{"mobile":573102111111,"id_template":17}', { mobile: "573102111111", id_template: "17" }],
  ['{"mobile":9007199254740993}', { mobile: "9007199254740993" }],
  ['{"mobile":5.73102111111E11,"id_template":17.0}', { mobile: "573102111111", id_template: "17" }],
  ['{"mobile":1e400}', { mobile: "1e400" }],
  ['{"message":"¡Hola! \\ud83c\\udf89\\n\\"x\\""}', { message: '¡Hola! 🎉\n"x"' }],
  ['{"l\\u006fgin":"a"}', { login: "a" }],
  ['{"message":null,"login":""}', { login: "" }],
  ['{"login":"a","login":"b"}', { login: "b" }],
  ['{"login":"a","login":null}', {}],
  ['{"template_variables":"[a]"}', { template_variables: "[a]" }],
  [
    '{"template_variables":["a",1.50,"",null,7]}',
    { template_variables: ["a", "1.50", "", "", "7"] },
  ],
  ['{"template_variables":[]}', { template_variables: [] }],
  ['{"otro":{"a":[1,{"b":"]}\\""}]},"login":"a","más":true}', { login: "a" }],
  ['{"__proto__":{"login":"x"},"constructor":{"prototype":{}},"toString":1}', {}],
  ['{"__proto__":"x","login":"a"}', { login: "a" }],
  ['{"media":"","login":"a"}', { login: "a" }, ""],
  ['{"media":null}', {}],
  ['{"media":123}', {}, "123"],
  ['{"media":"AA+\\/=\\r\\n\\u002b\\u002F\\\\\\"","login":"a"}', { login: "a" }, 'AA+/=\r\n+/\\"'],
  ['{"media":"https:\\/\\/x\\/a\\u00f1o\\ud83c\\uDF89ñ🎉"}', {}, "https://x/año🎉ñ🎉"],
  ['{"media":"a","media":"b"}', {}, "b"],
  ['{"otro":{"media":"a"}}', {}],
];

for (const [body, fields, media] of BODIES) {
  test(`reads ${JSON.stringify(body)} whatever the pieces`, () => {
    for (const piece of [1, 2, 3, 5, 1000]) {
      const result = read(body, piece);
      assert.deepEqual({ ...result.fields }, fields);
      assert.equal(result.media, media);
    }
  });
}

const REFUSED = [
  "[]",
  '"a"',
  "1",
  "null",
  "login=a",
  "{",
  "}",
  '{"login"',
  '{"login":',
  '{"login":}',
  '{"login":"a"',
  '{"login":"a}',
  '{"login":"a",}',
  '{,"login":"a"}',
  '{"login":"a""token":"b"}',
  '{"login" "a"}',
  '{login:"a"}',
  "{'login':'a'}",
  '{"login":"a"}}',
  '{"login":"a"}{"login":"b"}',
  '{"login":NaN}',
  '{"mobile":0573}',
  '{"mobile":+57}',
  '{"mobile":57x}',
  '{"otro":[1,}',
  '{"otro":[}]}',
  '{"login":"a\nb"}',
  '{"login":"\\x"}',
  '{"media":"\\x"}',
  '{"media":"\\u00g0"}',
  '{"media":"a\nb"}',
  '{"media":"a',
  '{"media":"a\\',
  '{"login":true}',
  '{"login":{"a":1}}',
  '{"login":["a"]}',
  '{"template_variables":[["a"]]}',
  '{"template_variables":[true]}',
  '{"template_variables":{"0":"a"}}',
  '{"media":true}',
  '{"media":{"url":"https://x"}}',
  '{"media":["https://x"]}',
  '{"login":"\\u0000"}',
  '{"template_variables":["\\u0000"]}',
  '{"login":"\\ud83c"}',
  '{"login":"\\udf89"}',
  '{"media":"\\ud83c"}',
  '{"media":"\\ud83cx"}',
  '{"media":"\\ud83c\\u0041"}',
  '{"media":"\\ud83c\\n"}',
  '{"media":"\\udf89"}',
  `{"otro":${"[".repeat(40)}${"]".repeat(40)}}`,
  `{"otro":${'{"a":'.repeat(40)}1${"}".repeat(40)}}`,
  ' \ufeff{"login":"a"}',
];

for (const body of REFUSED) {
  test(`refuses ${JSON.stringify(body.slice(0, 50))} whatever the pieces, and does not quote it`, () => {
    for (const piece of [1, 2, 3, 1000]) {
      assert.throws(
        () => read(body, piece),
        (error) => {
          assert.ok(error instanceof AppError && error.code === "malformed_body", String(error));
          assert.ok(!error.message.includes('":'), error.message);
          return true;
        },
      );
    }
  });
}

test("bytes that are not UTF-8 are refused wherever they stand", () => {
  const bodies = [
    Buffer.from('{"login":"año"}', "latin1"),
    Buffer.from('{"media":"año"}', "latin1"),
    Buffer.from('{"otro":["año"]}', "latin1"),
    Buffer.from([...Buffer.from('{"login":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]),
    Buffer.from([...Buffer.from("{}"), 0xc3]),
  ];
  for (const body of bodies) {
    for (const piece of [1, 2, 1000]) {
      assert.throws(() => read(body, piece), { code: "malformed_body" });
    }
  }
});

const text = fc.string({
  unit: fc.constantFrom("a", '"', "\\", "/", "\n", "ñ", "🎉", "\u2028", "{", "]", ",", ":"),
});
const anything = fc.jsonValue({ maxDepth: 3, stringUnit: "grapheme" });
const piece = fc.integer({ min: 1, max: 9 });

test("any object means what JSON.parse says, however it is spaced, escaped and cut", () => {
  const object = fc.record({
    before: anything,
    message: text,
    media: text,
    login: text,
    after: anything,
  });
  const spacing = fc.constantFrom(undefined, 1, "\t", "\r\n");
  fc.assert(
    fc.property(object, spacing, piece, (value, space, size) => {
      const json = JSON.stringify(value, null, space);
      const escaped = json.replace(
        /[^\0-\u007f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
      for (const body of [json, escaped]) {
        const result = read(body, size);
        assert.equal(result.fields.message, value.message);
        assert.equal(result.fields.login, value.login);
        assert.equal(result.media, value.media);
      }
    }),
    { numRuns: 500 },
  );
});

test("a damaged text is refused or means what JSON.parse says", () => {
  const object = fc.record({ message: text, media: text, otro: anything });
  const damage = fc.tuple(
    fc.nat(),
    fc.constantFrom("", '"', "\\", "{", "}", "]", ",", ":", "a", "1", " "),
  );
  fc.assert(
    fc.property(object, damage, piece, (value, [place, insert], size) => {
      const json = JSON.stringify(value);
      const at = place % json.length;
      const body = (json.slice(0, at) + insert + json.slice(at + 1)).toWellFormed();
      const result = attempt(() => read(body, size));
      const expected = attempt(() => JSON.parse(body));
      if (expected === undefined) assert.equal(result, undefined);
      if (result !== undefined && typeof expected?.message === "string") {
        assert.equal(result.fields.message, expected.message);
      }
      if (result !== undefined && typeof expected?.media === "string") {
        assert.equal(result.media, expected.media);
      }
    }),
    { numRuns: 2000 },
  );
});

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

test("what is held in memory has a limit, over all names and values", () => {
  const tooLarge = { name: "AppError", code: "body_too_large" };
  assert.throws(() => read(`{"message":"${"a".repeat(4000)}"}`), tooLarge);
  assert.throws(() => read(`{"${"a".repeat(4001)}`), tooLarge);
  assert.throws(() => read(`{"otro":[${"1,".repeat(3000)}1]}`), tooLarge);
  assert.throws(() => read(`{${'"media":"a",'.repeat(20)}"login":"a"}`), tooLarge);
  assert.equal(read(`{"media":"${"a".repeat(100_000)}"}`, 1000).media?.length, 100_000);
});
