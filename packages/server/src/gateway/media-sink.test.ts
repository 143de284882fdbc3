import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, test } from "node:test";
import { createAddressGuard } from "../platform/address-guard.ts";
import { createFolderBlobStore } from "../storage/blob-store.ts";
import type { MediaIntake } from "./media-intake.ts";
import { createMediaSink, type MediaSink } from "./media-sink.ts";

const root = await mkdtemp(join(tmpdir(), "recado-media-"));
after(() => rm(root, { recursive: true, force: true }));
const store = createFolderBlobStore({ root });
const limits = { base64BytesMax: 200_000, fileBytesMax: 300_000, urlCharsMax: 2048 };

const pdf = Buffer.from(`%PDF-1.7\n${"año\n".repeat(10_000)}`, "latin1");
const pdfBase64 = pdf.toString("base64");

function sink(): MediaSink {
  return createMediaSink({
    store,
    limits,
    guard: createAddressGuard({ allow: ["127.0.0.1:8090"] }),
  });
}

async function takeText(text: string, piece = 1000): Promise<MediaIntake | null> {
  const media = sink();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) {
    media.writeText(bytes.subarray(at, at + piece));
    await media.flush();
  }
  return media.end();
}

async function takeFile(content: Buffer, piece = 1000): Promise<MediaIntake | null> {
  const media = sink();
  for (let at = 0; at < content.length; at += piece) {
    media.writeFile(content.subarray(at, at + piece));
    await media.flush();
  }
  return media.end();
}

async function filesLeft(): Promise<number> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

async function checkStored(intake: MediaIntake | null, content: Buffer): Promise<void> {
  assert.ok(intake?.kind === "file", JSON.stringify(intake));
  const { file } = intake;
  assert.equal(file.bytes, content.length);
  assert.equal(file.sha256, createHash("sha256").update(content).digest("hex"));
  assert.deepEqual(await buffer(store.open(file.storageKey)), content);
  await store.delete(file.storageKey);
  assert.equal(await filesLeft(), 0);
}

const SPELLINGS: [what: string, text: string][] = [
  ["plain base64", pdfBase64],
  ["base64 of the URL-safe alphabet", pdf.toString("base64url")],
  ["base64 in lines", pdfBase64.replace(/.{76}/gu, "$&\r\n")],
  ["base64 whose pluses became blanks", pdfBase64.replaceAll("+", " ")],
  ["base64 behind a data: prefix", `data:application/pdf;base64,${pdfBase64}`],
  ["base64 behind a data: prefix with another type", `DATA:image/png;name=x;Base64,${pdfBase64}`],
  ["base64 among blanks", `\n  ${pdfBase64} \n`],
];

for (const [what, text] of SPELLINGS) {
  for (const piece of [1, 7, 100_000]) {
    test(`${what} in pieces of ${piece} is stored as it was`, async () => {
      const intake = await takeText(text, piece);
      assert.ok(intake?.kind === "file" && intake.file.type === "pdf", JSON.stringify(intake));
      await checkStored(intake, pdf);
    });
  }
}

test("a file part is stored as it was, base64 in it being text", async () => {
  await checkStored(await takeFile(pdf), pdf);
  const text = Buffer.from(pdfBase64);
  const intake = await takeFile(text);
  assert.ok(intake?.kind === "file" && intake.file.type === "txt");
  await checkStored(intake, text);
});

test("short text that begins like a prefix is base64 all the same", async () => {
  for (const word of ["hola", "http", "https", "data", "d"]) {
    const bytes = Buffer.from(`${word} a todos los que leen esto`);
    await checkStored(await takeText(bytes.toString("base64"), 1), bytes);
  }
  const intake = await takeText("http", 1);
  assert.equal(intake?.kind, "invalid");
});

test("a URL is kept as text, without the blanks around it", async () => {
  const url = "https://servercliente.com/jemplo-de-Archivo-PDF-508.pdf?año=1&b=%20";
  assert.deepEqual(await takeText(`  ${url}\n`, 3), { kind: "url", url });
  const upper = "HTTP://EXAMPLE.com/a";
  assert.deepEqual(await takeText(upper, 1), { kind: "url", url: upper });
  const own = "http://127.0.0.1:8090/a.pdf";
  assert.deepEqual(await takeText(own), { kind: "url", url: own });
  const long = `https://example.com/${"a".repeat(2028)}`;
  assert.deepEqual(await takeText(`${long}${" ".repeat(20_000)}`), { kind: "url", url: long });
});

test("nothing, blanks and an empty file part are no media", async () => {
  assert.equal(await takeText(""), null);
  assert.equal(await takeText(" \r\n\t "), null);
  assert.equal(await takeFile(Buffer.alloc(0)), null);
  assert.equal(await sink().end(), null);
});

const INVALID: [what: string, text: string][] = [
  ["words", "esto no es un archivo"],
  ["a word that happens to be base64", "hola"],
  ["base64 that is cut", `${pdfBase64.slice(0, 1001)}`],
  ["base64 with something foreign late in it", `${pdfBase64.slice(0, 4000)}!${pdfBase64}`],
  ["base64 of HTML", Buffer.from("<html>").toString("base64")],
  ["an empty data: URL", "data:application/pdf;base64,"],
  ["a data: URL without base64", "data:text/plain,hola"],
  ["a data: URL without end", `data:${"a".repeat(10_000)}`],
  ["another scheme", "ftp://example.com/a.pdf"],
  ["a loopback URL", "http://127.0.0.1/a.pdf"],
  ["a URL with credentials", "https://user:pass@example.com/"],
  ["a URL with a line break inside", "https://example.com/a\nb"],
  ["a URL that is too long", `https://example.com/${"a".repeat(2029)}`],
  ["a URL of endless length", `https://example.com/${"a".repeat(100_000)}`],
];

for (const [what, text] of INVALID) {
  test(`${what} is invalid and leaves no file`, async () => {
    for (const piece of [11, 200_000]) {
      const intake = await takeText(text, piece);
      assert.ok(intake?.kind === "invalid", JSON.stringify(intake));
      assert.ok(!intake.why.includes("user"));
      assert.equal(await filesLeft(), 0);
    }
  });
}

test("base64 and file parts have limits of their own, beyond which nothing is kept", async () => {
  const mostBase64 = Buffer.alloc(200_000, "a");
  const mostFile = Buffer.alloc(300_000, "a");
  await checkStored(await takeText(mostBase64.toString("base64")), mostBase64);
  await checkStored(await takeFile(mostFile), mostFile);
  const more = Buffer.alloc(200_001, "a").toString("base64");
  assert.deepEqual(await takeText(more), { kind: "too-large", bytesMax: 200_000 });
  const file = Buffer.alloc(300_001, "a");
  assert.deepEqual(await takeFile(file), { kind: "too-large", bytesMax: 300_000 });
  assert.equal(await filesLeft(), 0);
});

test("an aborted value leaves no file, whenever it is aborted", async () => {
  const media = sink();
  await media.abort();
  media.writeText(Buffer.from(pdfBase64));
  await media.flush();
  assert.equal(await filesLeft(), 1);
  await media.abort();
  await media.abort();
  assert.equal(await filesLeft(), 0);
});
