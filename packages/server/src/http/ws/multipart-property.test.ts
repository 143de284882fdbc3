import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { AppError } from "../../platform/app-error.ts";
import { createKeepingSink, encodeMultipart, type KeepingSink } from "../../testkit/ws-bodies.ts";
import { WsFieldReceiver } from "./field-receiver.ts";
import { createMultipartReader } from "./multipart-reader.ts";

/* Whatever a body holds and however its bytes arrive, it is read as it was written, or refused with a word for it. */

const SECONDS_MAX = 20;
const CODES = new Set(["malformed_body", "body_too_large", "invalid_request"]);
const TEXTS = ["login", "token", "mobile", "message", "media_name", "custom_field"] as const;

/** Where the body is cut into the pieces of the network. */
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });

interface Read {
  fields: Record<string, unknown>;
  media: string | null;
}

async function read(type: string, bytes: Buffer, sizes: readonly number[]): Promise<Read> {
  let sink: KeepingSink | null = null;
  const receiver = new WsFieldReceiver({
    fieldBytesMax: 8_000,
    newMediaSink() {
      sink = createKeepingSink();
      return sink;
    },
  });
  const reader = createMultipartReader(type, receiver);
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    await reader.scan(bytes.subarray(at, at + size));
    at += size;
  }
  await reader.end();
  return { fields: { ...receiver.fields }, media: (sink as KeepingSink | null)?.text() ?? null };
}

/** What came of it: the fields, or the code of a refusal. Any other error is a fault of ours, and one that never ends too. */
async function tryRead(
  type: string,
  bytes: Buffer,
  sizes: readonly number[],
): Promise<Read | string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it never ends")), SECONDS_MAX * 1_000);
  });
  try {
    return await Promise.race([read(type, bytes, sizes), late]);
  } catch (error) {
    if (error instanceof AppError && CODES.has(error.code)) return error.code;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const text = fc.string({ unit: "grapheme", maxLength: 60 });

test("fields and a file come out as they went in, wherever the network cuts them", async () => {
  const fields = fc.uniqueArray(fc.record({ name: fc.constantFrom(...TEXTS), content: text }), {
    selector: ({ name }) => name,
  });
  const file = fc.option(text, { nil: null });
  await fc.assert(
    fc.asyncProperty(fields, file, cuts, async (parts, content, sizes) => {
      const media = content === null ? [] : [{ name: "media", content, fileName: "receta.pdf" }];
      const { type, bytes } = encodeMultipart([...parts, ...media]);
      const wanted = Object.fromEntries(parts.map((part) => [part.name, part.content]));
      assert.deepEqual(await tryRead(type, bytes, sizes), { fields: wanted, media: content });
    }),
    { numRuns: 300 },
  );
});

test("a body with bytes changed, left out or put in is read or refused, never a crash or a wait", async () => {
  const whole = encodeMultipart([
    { name: "login", content: "clinica" },
    { name: "media", content: "%PDF-1.7 …", fileName: "a.pdf" },
    { name: "template_variables", content: "[Ana] [lunes]" },
  ]);
  const change = fc.record({
    at: fc.nat(whole.bytes.length),
    gone: fc.nat(12),
    put: fc.uint8Array({ maxLength: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 4 }), cuts, async (changes, sizes) => {
      const bytes = changes.reduce(
        (body, { at, gone, put }) =>
          Buffer.concat([body.subarray(0, at), put, body.subarray(at + gone)]),
        whole.bytes,
      );
      await tryRead(whole.type, bytes, sizes);
    }),
    { numRuns: 500 },
  );
});

test("bytes that are no multipart body at all are refused with a word for it", async () => {
  const types = fc.oneof(
    fc.constant("multipart/form-data; boundary=x"),
    fc.string({ maxLength: 40 }).map((boundary) => `multipart/form-data; boundary=${boundary}`),
    fc.constant("multipart/form-data"),
  );
  await fc.assert(
    fc.asyncProperty(types, fc.uint8Array({ maxLength: 400 }), cuts, async (type, bytes, sizes) => {
      const result = await tryRead(type, Buffer.from(bytes), sizes);
      if (!bytes.includes(45)) assert.equal(typeof result, "string");
    }),
    { numRuns: 500 },
  );
});
