import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createKeepingSink, type KeepingSink } from "../../testkit/ws-bodies.ts";
import { WsFieldReceiver, type WsFields } from "./field-receiver.ts";
import { createFormScanner } from "./form-scanner.ts";

/** What a form comes to, read in pieces of the given size. */
function read(body: string | Buffer, piece = 3): { fields: WsFields; media: string | undefined } {
  let sink: KeepingSink | undefined;
  const receiver = new WsFieldReceiver({
    fieldBytesMax: 4000,
    newMediaSink: () => {
      sink = createKeepingSink();
      return sink;
    },
  });
  const scanner = createFormScanner(receiver);
  const bytes = Buffer.from(body);
  for (let at = 0; at < bytes.length; at += piece) scanner.scan(bytes.subarray(at, at + piece));
  scanner.end();
  return { fields: receiver.fields, media: sink?.text() };
}

const BODIES: [body: string, fields: WsFields, media?: string][] = [
  ["", {}],
  ["&&&", {}],
  ["login=a&token=b", { login: "a", token: "b" }],
  ["login=&token", { login: "", token: "" }],
  ["=x&login=a=b", { login: "a=b" }],
  ["%6cogin=a+b%20c%2B", { login: "a b c+" }],
  ["message=%C2%A1Hola%21+%F0%9F%8E%89", { message: "¡Hola! 🎉" }],
  ["message=¡Hola!", { message: "¡Hola!" }],
  ["message=100%", { message: "100%" }],
  ["message=100%+de+%2&login=%zz%%41%4", { message: "100% de %2", login: "%zz%A%4" }],
  ["login=a&login=b", { login: "b" }],
  ["template_variables=%5Ba%5D", { template_variables: "[a]" }],
  ["template_variables[]=a&template_variables%5B%5D=b", { template_variables: ["a", "b"] }],
  ["template_variables%5B0%5D=a&template_variables%5B1%5D=", { template_variables: ["a", ""] }],
  ["template_variables=x&template_variables[]=a", { template_variables: ["a"] }],
  ["template_variables[]=a&template_variables=x", { template_variables: "x" }],
  ["__proto__=a&constructor=b&toString=c&hasOwnProperty=d&login=e", { login: "e" }],
  ["__proto__[login]=a&constructor.prototype.login=b", {}],
  ["media=&login=a", { login: "a" }, ""],
  ["media", {}, ""],
  ["media=AA%2B%2F%3d+A%&login=a", { login: "a" }, "AA+/= A%"],
  ["media=primero&media=segundo", {}, "segundo"],
  ["Media=x&media[]=y", {}],
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

test("any form means what the URL standard says, whatever the pieces", () => {
  const unit = fc.constantFrom(
    "%",
    "4",
    "1",
    "+",
    "&",
    "=",
    "a",
    "z",
    "%C3%B1",
    "%F0%9F%8E%89",
    "ñ",
  );
  const name = fc.constantFrom("message=", "login=", "media=", "message", "");
  const pair = fc.tuple(name, fc.string({ unit, maxLength: 12 })).map((parts) => parts.join(""));
  const form = fc.array(pair, { maxLength: 5 }).map((pairs) => pairs.join("&"));
  fc.assert(
    fc.property(form, fc.integer({ min: 1, max: 9 }), (body, piece) => {
      const expected = new URLSearchParams(body);
      // Where the standard puts a replacement character, we refuse.
      fc.pre(!expected.toString().includes("%EF%BF%BD"));
      const result = read(body, piece);
      assert.equal(result.fields.message, expected.getAll("message").at(-1));
      assert.equal(result.fields.login, expected.getAll("login").at(-1));
      assert.equal(result.media, expected.getAll("media").at(-1));
    }),
    { numRuns: 1000 },
  );
});

const REFUSED: [what: string, body: string | Buffer][] = [
  ["an escape that is not UTF-8", "message=%F1o"],
  ["a byte that is not UTF-8", Buffer.from("message=año", "latin1")],
  ["half a character in escapes", "message=%ED%A0%80"],
  ["a parameter that it does not know and that is not UTF-8", "otro=%FF"],
  ["a name that is not UTF-8", "%FF=a"],
  ["a NUL", "message=a%00b"],
  ["a NUL in a list", "template_variables[]=%00"],
];

for (const [what, body] of REFUSED) {
  test(`refuses ${what}`, () => {
    assert.throws(() => read(body), { name: "AppError", code: "malformed_body" });
  });
}

test("what is held in memory has a limit, over all names and values", () => {
  const tooLarge = { name: "AppError", code: "body_too_large" };
  assert.throws(() => read(`message=${"a".repeat(4000)}`), tooLarge);
  assert.throws(() => read("a".repeat(4001)), tooLarge);
  assert.throws(() => read("template_variables[]=a&".repeat(300)), tooLarge);
  assert.throws(() => read("media=a&".repeat(100)), tooLarge);
  assert.equal(read(`media=${"a".repeat(100_000)}`, 1000).media?.length, 100_000);
});
