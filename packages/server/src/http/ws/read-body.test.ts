import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, test } from "node:test";
import { createMediaSink } from "../../gateway/media-sink.ts";
import { createAddressGuard } from "../../platform/address-guard.ts";
import { createFolderBlobStore } from "../../storage/blob-store.ts";
import { ENCODINGS, type EncodedBody, encodeMultipart, streamOf } from "../../testkit/ws-bodies.ts";
import type { WsQuery } from "./field-receiver.ts";
import { readWsBody, type WsBody } from "./read-body.ts";

const root = await mkdtemp(join(tmpdir(), "recado-body-"));
after(() => rm(root, { recursive: true, force: true }));
const store = createFolderBlobStore({ root });
const bytesMax = 100_000;
const options = {
  limits: { bodyBytesMax: 400_000, fieldBytesMax: 4096 },
  newMediaSink: () =>
    createMediaSink({
      store,
      limits: { base64BytesMax: bytesMax, fileBytesMax: bytesMax, urlCharsMax: 2048 },
      guard: createAddressGuard({ allow: [] }),
    }),
};

interface Sent {
  body?: EncodedBody;
  query?: WsQuery;
  headers?: Record<string, string>;
  piece?: number;
}

function read({ body, query = {}, headers, piece = 1000 }: Sent): Promise<WsBody> {
  const bytes = body?.bytes ?? Buffer.alloc(0);
  const own = body === undefined ? {} : { "content-type": body.type };
  const length = { "content-length": String(bytes.length) };
  return readWsBody(
    { headers: { ...own, ...length, ...headers }, stream: streamOf(bytes, piece), query },
    options,
  );
}

async function filesLeft(): Promise<number> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

/** The answer in short, the stored file removed again. */
async function outline({ fields, media }: WsBody): Promise<{ fields: object; media: unknown }> {
  if (media?.kind !== "file") return { fields: { ...fields }, media: media?.kind ?? null };
  await store.delete(media.file.storageKey);
  return { fields: { ...fields }, media: `${media.file.type} ${media.file.sha256}` };
}

const pdf = Buffer.from(`%PDF-1.7\n${"año\n".repeat(5000)}`, "latin1");
const pdfStored = `pdf ${createHash("sha256").update(pdf).digest("hex")}`;

const SENDS: [what: string, fields: Record<string, string>, media: string | null][] = [
  ["nothing", {}, null],
  [
    "the manual's request",
    {
      login: "usuario",
      token: "a+b/c=&%",
      id_template: "17",
      template_variables: "[Carlos] [$100] [miércoles 🎉]",
      mobile: "573102111111",
      media: "https://servercliente.com/jemplo-de-Archivo-PDF-508.pdf",
      media_name: "factura enero.pdf",
      custom_field: "1020-3040",
      idempotency_key: "k",
      message: "línea 1\r\nlínea 2\t\"'\\",
    },
    "url",
  ],
  ["a PDF as base64", { login: "a", media: pdf.toString("base64"), token: "b" }, pdfStored],
  ["a PDF as base64 for URLs", { media: pdf.toString("base64url") }, pdfStored],
  ["media that is neither", { media: "no es un archivo" }, "invalid"],
  ["media that is too large", { media: "A".repeat(200_000), login: "a" }, "too-large"],
  ["blank fields", { login: "", message: " ", media: " " }, null],
  ["names of an object's own", { constructor: "a", toString: "b", hasOwnProperty: "c" }, null],
  ["an unknown field", { otro: "a", login: "b" }, null],
];

const KNOWN = new Set(
  "login token id_template mobile message media_name custom_field idempotency_key campaign template_variables".split(
    " ",
  ),
);

for (const [what, sent, media] of SENDS) {
  for (const [encoding, encode] of Object.entries(ENCODINGS)) {
    test(`${what} means the same as ${encoding}, whatever the pieces`, async () => {
      const fields = Object.fromEntries(Object.entries(sent).filter(([name]) => KNOWN.has(name)));
      for (const piece of [1, 13, 100_000]) {
        if (piece === 1 && JSON.stringify(sent).length > 1000) continue;
        const body = await read({ body: encode(sent), piece });
        assert.deepEqual(await outline(body), { fields, media });
        assert.equal(await filesLeft(), 0);
      }
    });
  }
}

test("__proto__ as a field of any encoding is forgotten and touches no object", async () => {
  const own = Object.fromEntries([["__proto__", "x"]]);
  for (const encode of Object.values(ENCODINGS)) {
    const body = await read({ body: encode(own) });
    assert.deepEqual(Object.keys(body.fields), []);
    assert.equal(Object.getPrototypeOf(body.fields), Object.prototype);
    assert.equal(Reflect.get({}, "x"), undefined);
  }
});

test("everything may stand in the query string, with or without a content type", async () => {
  const query = { login: "a", "template_variables[]": "x", media: "https://example.com/a.pdf" };
  const fields = { login: "a", template_variables: ["x"] };
  const types = ["text/plain", "application/json"].map((type) => ({ "content-type": type }));
  for (const headers of [undefined, ...types]) {
    assert.deepEqual(await outline(await read({ query, ...(headers && { headers }) })), {
      fields,
      media: "url",
    });
  }
});

test("of a name that comes twice in the query string the last counts, a list is a list", async () => {
  const query = {
    login: ["a", "b"],
    "template_variables[]": ["x", "y"],
    media: ["http://127.0.0.1/", "https://example.com/a.pdf"],
  };
  const fields = { login: "b", template_variables: ["x", "y"] };
  assert.deepEqual(await outline(await read({ query })), { fields, media: "url" });
});

test("a field of the body wins over the query string, even when it is blank", async () => {
  const query = {
    login: "q",
    token: "q",
    "template_variables[]": "q",
    media: "https://example.com/q",
  };
  const fields = { login: "b", token: "", template_variables: "[b]" };
  for (const encode of Object.values(ENCODINGS)) {
    const body = await read({ query, body: encode({ ...fields, media: "" }) });
    assert.deepEqual(await outline(body), { fields, media: null });
  }
});

const REFUSED: [what: string, sent: Sent, code: string][] = [
  ["a query with a NUL", { query: { login: "a\0" } }, "malformed_body"],
  [
    "another type",
    { body: { type: "text/xml", bytes: Buffer.from("<a/>") } },
    "unsupported_media_type",
  ],
  [
    "a body without type",
    { body: { type: "", bytes: Buffer.from("a=b") } },
    "unsupported_media_type",
  ],
  [
    "another charset",
    {
      body: {
        type: "application/x-www-form-urlencoded; charset=ISO-8859-1",
        bytes: Buffer.from("a=b"),
      },
    },
    "unsupported_media_type",
  ],
  [
    "a compressed body",
    {
      body: { type: "application/json", bytes: Buffer.from("{}") },
      headers: { "content-encoding": "gzip" },
    },
    "unsupported_media_type",
  ],
  [
    "a body that is shorter than it says",
    { body: ENCODINGS.form?.({ login: "a" }), headers: { "content-length": "100" } },
    "malformed_body",
  ],
  [
    "a length that is no number",
    { body: ENCODINGS.form?.({ login: "a" }), headers: { "content-length": "-1" } },
    "malformed_body",
  ],
  ["a length beyond the limit", { headers: { "content-length": "400001" } }, "body_too_large"],
  [
    "multipart without boundary",
    { body: { type: "multipart/form-data", bytes: Buffer.from("x") } },
    "malformed_body",
  ],
];

for (const [what, sent, code] of REFUSED) {
  test(`refuses ${what} as ${code}`, async () => {
    await assert.rejects(read(sent), { name: "AppError", code });
  });
}

for (const [encoding, encode] of Object.entries(ENCODINGS)) {
  test(`a body of ${encoding} beyond the limits is refused and leaves no file`, async () => {
    const tooLarge = { name: "AppError", code: "body_too_large" };
    const media = pdf.toString("base64");
    await assert.rejects(read({ body: encode({ media, message: "a".repeat(4096) }) }), tooLarge);
    const headers = { "transfer-encoding": "chunked" };
    await assert.rejects(read({ body: encode({ media: "A".repeat(400_000) }), headers }), tooLarge);
    await assert.rejects(
      read({ body: encode({ template_variables: "[".repeat(300_000) }) }),
      tooLarge,
    );
    assert.equal(await filesLeft(), 0);
  });

  test(`text of ${encoding} that holds a NUL is refused, and the media before it removed`, async () => {
    const body = encode({ media: pdf.toString("base64"), message: "a\0b" });
    await assert.rejects(read({ body }), { code: "malformed_body" });
    assert.equal(await filesLeft(), 0);
  });

  test(`text of ${encoding} in ISO-8859-1 is refused, not garbled`, async () => {
    const { type, bytes } = encode({ media: pdf.toString("base64"), message: "a#o" });
    const latin = Buffer.from(bytes.toString("latin1").replace(/#|%23/u, "\u00f1"), "latin1");
    await assert.rejects(read({ body: { type, bytes: latin } }), { code: "malformed_body" });
    assert.equal(await filesLeft(), 0);
  });

  test(`a body of ${encoding} that breaks off is refused and leaves no file`, async () => {
    const { type, bytes } = encode({ media: pdf.toString("base64"), login: "a" });
    let filesMeanwhile = 0;
    const stream = Readable.from(
      (async function* () {
        yield bytes.subarray(0, 10_000);
        yield bytes.subarray(10_000, 12_000);
        filesMeanwhile = await filesLeft();
        throw new Error("cut");
      })(),
      { objectMode: false },
    );
    const source = { headers: { "content-type": type }, stream, query: {} };
    await assert.rejects(readWsBody(source, options), { code: "malformed_body" });
    assert.equal(filesMeanwhile, 1);
    assert.equal(await filesLeft(), 0);
  });
}

test("of media sent twice the last counts and the first leaves no file", async () => {
  const media = pdf.toString("base64");
  const url = "https://example.com/a.pdf";
  const form = Buffer.from(`media=${encodeURIComponent(media)}&media=${url}`);
  const bodies = [
    { type: "application/x-www-form-urlencoded", bytes: form },
    { type: "application/json", bytes: Buffer.from(`{"media":"${media}","media":"${url}"}`) },
    encodeMultipart([
      { name: "media", content: pdf, fileName: "a.pdf" },
      { name: "media", content: url },
    ]),
  ];
  for (const body of bodies) {
    assert.deepEqual(await read({ body }), { fields: {}, media: { kind: "url", url } });
    assert.equal(await filesLeft(), 0);
  }
});
