import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createKeepingSink,
  type EncodedBody,
  encodeMultipart,
  type KeepingSink,
} from "../../testkit/ws-bodies.ts";
import { WsFieldReceiver, type WsFields } from "./field-receiver.ts";
import { createMultipartReader } from "./multipart-reader.ts";

interface Result {
  fields: WsFields;
  /** As text or as file, with what was written. */
  media: [kind: "text" | "file", content: string] | undefined;
}

async function read({ type, bytes }: EncodedBody, piece = 7): Promise<Result> {
  let sink: KeepingSink | undefined;
  let kind: "text" | "file" | undefined;
  const receiver = new WsFieldReceiver({
    fieldBytesMax: 4000,
    newMediaSink: () => {
      const keeping = createKeepingSink();
      sink = {
        ...keeping,
        writeText: (text) => {
          kind = "text";
          keeping.writeText(text);
        },
        writeFile: (content) => {
          kind = "file";
          keeping.writeFile(content);
        },
      };
      return sink;
    },
  });
  const reader = createMultipartReader(type, receiver);
  for (let at = 0; at < bytes.length; at += piece)
    await reader.scan(bytes.subarray(at, at + piece));
  await reader.end();
  return {
    fields: receiver.fields,
    media: sink === undefined || kind === undefined ? undefined : [kind, sink.text()],
  };
}

const octets = { headers: "Content-Type: application/octet-stream\r\n" };

const MEDIA: [
  what: string,
  part: Parameters<typeof encodeMultipart>[0][number],
  kind: "text" | "file",
][] = [
  ["a file", { name: "media", content: "abc", fileName: "a.pdf" }, "file"],
  [
    "a file that says it is text",
    { name: "media", content: "abc", fileName: "a.txt", headers: "Content-Type: text/plain\r\n" },
    "file",
  ],
  ["bytes without a file name", { name: "media", content: "abc", ...octets }, "file"],
  ["a text", { name: "media", content: "abc" }, "text"],
  [
    "a text that says so",
    { name: "media", content: "abc", headers: "Content-Type: text/plain; charset=utf-8\r\n" },
    "text",
  ],
  [
    "a file in base64",
    {
      name: "media",
      content: "abc",
      fileName: "a.pdf",
      headers: "Content-Transfer-Encoding: base64\r\n",
    },
    "text",
  ],
  [
    "a file that says it is binary",
    {
      name: "media",
      content: "abc",
      fileName: "a.pdf",
      headers: "Content-Transfer-Encoding: binary\r\n",
    },
    "file",
  ],
];

for (const [what, part, kind] of MEDIA) {
  test(`media as ${what} is read as ${kind}`, async () => {
    const after = { name: "login", content: "a" };
    for (const piece of [1, 50, 1000]) {
      const result = await read(encodeMultipart([part, after]), piece);
      assert.deepEqual(result.media, [kind, "abc"]);
      assert.equal(result.fields.login, "a");
    }
  });
}

test("parameters come in their order, the last of a name counts, lists are lists", async () => {
  const { fields } = await read(
    encodeMultipart([
      { name: "login", content: "a" },
      { name: "template_variables[]", content: "x" },
      { name: "login", content: "" },
      { name: "template_variables[]", content: "y\r\n" },
    ]),
  );
  assert.deepEqual({ ...fields }, { login: "", template_variables: ["x", "y\r\n"] });
});

test("parts that are no parameter are let go by, whatever their size", async () => {
  const { fields, media } = await read(
    encodeMultipart([
      { name: "otro", content: "x" },
      { name: "adjunto", content: Buffer.alloc(500_000), fileName: "x.bin" },
      { name: "__proto__", content: "x" },
      { name: "login", content: "a" },
    ]),
    10_000,
  );
  assert.deepEqual({ ...fields }, { login: "a" });
  assert.equal(media, undefined);
});

test("what stands before the first and behind the last boundary is ignored", async () => {
  const { type, bytes } = encodeMultipart([{ name: "login", content: "a" }]);
  const whole = Buffer.concat([Buffer.from("preámbulo\r\n"), bytes, Buffer.from("epílogo")]);
  for (const piece of [1, 1000]) {
    assert.equal((await read({ type, bytes: whole }, piece)).fields.login, "a");
  }
  const none = Buffer.from("------recado7MA4YWxkTrZu0gW--\r\n");
  assert.deepEqual({ ...(await read({ type, bytes: none })).fields }, {});
});

test("a body cut at any byte before its closing boundary is refused", async () => {
  const { type, bytes } = encodeMultipart([
    { name: "login", content: "a" },
    { name: "media", content: "abc", fileName: "a.pdf" },
    { name: "token", content: "b" },
  ]);
  const closed = bytes.length - "\r\n".length;
  for (let length = 1; length < closed; length += 1) {
    for (const piece of [16, 1000]) {
      const cut = { type, bytes: bytes.subarray(0, length) };
      await assert.rejects(
        read(cut, piece),
        { name: "AppError", code: "malformed_body" },
        `${length}`,
      );
    }
  }
  assert.equal((await read({ type, bytes: bytes.subarray(0, closed) })).fields.token, "b");
});

test("what is held in memory has a limit, in one part and over all", async () => {
  const tooLarge = { name: "AppError", code: "body_too_large" };
  const long = [{ name: "message", content: "a".repeat(4000) }];
  await assert.rejects(read(encodeMultipart(long), 100), tooLarge);
  await assert.rejects(read(encodeMultipart(long), 100_000), tooLarge);
  const unknown = [{ name: "otro", content: "a".repeat(5000) }];
  await assert.rejects(read(encodeMultipart(unknown)), tooLarge);
  const many = Array.from({ length: 150 }, () => ({ name: "message", content: "a".repeat(30) }));
  await assert.rejects(read(encodeMultipart(many)), tooLarge);
});

test("more parts than any caller needs are refused", async () => {
  const parts = Array.from({ length: 300 }, () => ({ name: "a", content: "" }));
  await assert.rejects(read(encodeMultipart(parts)), { code: "malformed_body" });
});

const DAMAGED: [what: string, part: Parameters<typeof encodeMultipart>[0][number]][] = [
  ["text that is not UTF-8", { name: "message", content: Buffer.from("año", "latin1") }],
  ["unknown text that is not UTF-8", { name: "otro", content: Buffer.from("año", "latin1") }],
  ["a NUL", { name: "message", content: "a\0" }],
  [
    "a transfer encoding",
    { name: "message", content: "YQ==", headers: "Content-Transfer-Encoding: base64\r\n" },
  ],
  [
    "media as quoted-printable",
    {
      name: "media",
      content: "=41",
      fileName: "a",
      headers: "Content-Transfer-Encoding: quoted-printable\r\n",
    },
  ],
];

for (const [what, part] of DAMAGED) {
  test(`refuses ${what}`, async () => {
    await assert.rejects(read(encodeMultipart([part])), {
      name: "AppError",
      code: "malformed_body",
    });
  });
}
