import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { createTextInspector } from "./inspect-text.ts";
import { SNIFF_HEAD_BYTES, sniffMediaType } from "./sniff-media-type.ts";

async function sniff(bytes: Uint8Array): Promise<string> {
  const inspector = createTextInspector();
  inspector.update(bytes);
  const verdict = await sniffMediaType({
    head: bytes.subarray(0, SNIFF_HEAD_BYTES),
    bytes: bytes.length,
    text: inspector.result(),
    read: (start, end) => Promise.resolve(bytes.subarray(start, end)),
  });
  return verdict.kind === "known" ? verdict.type : "refused";
}

/** A ZIP of the given parts, packed, with the sizes behind each part as streaming writers do. */
function zip(parts: Record<string, string>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const packed = deflateRawSync(text);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x0403_4b50, 0);
    header.writeUInt16LE(8, 6);
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(name.length, 26);
    const behind = Buffer.alloc(16);
    behind.writeUInt32LE(0x0807_4b50, 0);
    behind.writeUInt32LE(packed.length, 8);
    behind.writeUInt32LE(text.length, 12);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x0201_4b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(text.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    const whole = Buffer.concat([header, Buffer.from(name), packed, behind]);
    local.push(whole);
    central.push(entry, Buffer.from(name));
    at += whole.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

const noise = Array.from({ length: 60_000 }, (_, at) =>
  ((at * 2_654_435_761) >>> 8).toString(36),
).join("");

function office(mainType: string): Buffer {
  const type = `application/vnd.openxmlformats-officedocument.${mainType}.main+xml`;
  return zip({
    "_rels/.rels": "<Relationships/>",
    "media/picture.bin": noise,
    "[Content_Types].xml": `<Types><Override PartName="/x.xml" ContentType="${type}"/></Types>`,
  });
}

const bytesOf = (...values: number[]) => Buffer.from(values);
const png = bytesOf(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const pngHeader = bytesOf(
  0,
  0,
  0,
  13,
  73,
  72,
  68,
  82,
  0,
  0,
  0,
  1,
  0,
  0,
  0,
  1,
  8,
  6,
  0,
  0,
  0,
  31,
  21,
  196,
  137,
);
const ftyp = (brand: string) =>
  Buffer.concat([bytesOf(0, 0, 0, 0x18), Buffer.from(`ftyp${brand}`), Buffer.alloc(12)]);

const KNOWN: [what: string, type: string, content: Uint8Array][] = [
  ["a PDF", "pdf", Buffer.from("%PDF-1.7\n%\u00e2\u00e3\n1 0 obj", "latin1")],
  ["a PDF of plain characters", "pdf", Buffer.from("%PDF-1.4\n1 0 obj\nendobj\n")],
  ["a PDF after a blank line", "pdf", Buffer.from("\r\n\n%PDF-1.4\n")],
  ["a PDF after a byte order mark", "pdf", Buffer.from("\ufeff%PDF-1.4\n")],
  ["a JPEG", "jpg", bytesOf(0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1)],
  ["a PNG", "png", Buffer.concat([png, pngHeader])],
  [
    "a PNG whose pixels begin late",
    "png",
    Buffer.concat([png, pngHeader, bytesOf(0, 9, 0, 0), Buffer.from("iTXt"), Buffer.alloc(90_000)]),
  ],
  ["an MP3 frame", "mp3", bytesOf(0xff, 0xfb, 0x90, 0x64, ...new Array(500).fill(0))],
  [
    "an MP3 with a long tag",
    "mp3",
    Buffer.concat([Buffer.from("ID3\u0003\0\0\0\u0010\0\0", "latin1"), Buffer.alloc(90_000)]),
  ],
  ["an MP4", "mp4", ftyp("isom")],
  ["an MP4 of another brand", "mp4", ftyp("mp42")],
  ["ASCII text", "txt", Buffer.from("hola\r\n\tmundo\n")],
  ["UTF-8 text", "txt", Buffer.from("El año, la señal 🎉\n".repeat(5000))],
  ["older Spanish text", "txt", Buffer.from("El año pasado la compañía vendió más", "latin1")],
  ["text that begins like a picture", "txt", Buffer.from("BMW: lista de precios")],
  ["text that begins like sound", "txt", Buffer.from("ID3 es una etiqueta")],
  ["text with a comparison", "txt", Buffer.from("a < b y b > c")],
  ["a Word document", "docx", office("wordprocessingml.document")],
  ["an Excel workbook", "xlsx", office("spreadsheetml.sheet")],
  ["a PowerPoint presentation", "pptx", office("presentationml.presentation")],
  ["an archive", "zip", zip({ "a.txt": "hola", "word/document.xml": "<x/>" })],
  ["an archive with somebody's content types", "zip", zip({ "[Content_Types].xml": "hola" })],
  ["an empty archive", "zip", zip({})],
  ["an archive whose directory is lost", "zip", zip({ "a.txt": noise }).subarray(0, 900)],
];

for (const [what, type, content] of KNOWN) {
  test(`${what} is ${type}`, async () => {
    assert.equal(await sniff(content), type);
  });
}

const REFUSED: [what: string, content: Uint8Array][] = [
  ["nothing known", bytesOf(1, 2, 3, 4, 5, 6, 7, 8)],
  ["what the word hola decodes to", Buffer.from("hola", "base64")],
  ["what a longer word decodes to", Buffer.from("estonoesbase64", "base64")],
  ["a GIF", Buffer.from("GIF89a\u0001\0\u0001\0\0\0\0", "latin1")],
  ["a program", bytesOf(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...new Array(60).fill(0))],
  ["a Windows program", Buffer.from(`MZ${"\0".repeat(100)}`)],
  ["HTML", Buffer.from("<!DOCTYPE html><p>x")],
  ["HTML after blanks", Buffer.from("\ufeff \n<html><body>")],
  ["HTML after a word", Buffer.from("hola <script>alert(1)</script>")],
  ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ["XML", Buffer.from('<?xml version="1.0"?><a/>')],
  ["PHP", Buffer.from("<?php echo 1;")],
  ["a shell script", Buffer.from("#!/bin/sh\nrm -rf /")],
  ["RTF", Buffer.from("{\\rtf1 hola}")],
  ["text with a NUL", Buffer.from("hola\0mundo")],
  ["UTF-16", Buffer.from("hola mundo", "utf16le")],
  ["a QuickTime film", ftyp("qt  ")],
  ["an Apple film", ftyp("M4V ")],
  ["a sound in an MP4 box", ftyp("M4A ")],
  ["a picture in an MP4 box", ftyp("heic")],
  ["a 3GP film", ftyp("3gp4")],
  [
    "a Word document with macros",
    zip({
      "[Content_Types].xml": 'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"',
    }),
  ],
  ["an OpenDocument text", zip({ mimetype: "application/vnd.oasis.opendocument.text" })],
  ["a Java archive", zip({ "META-INF/MANIFEST.MF": "x" })],
  ["an Android application", zip({ "AndroidManifest.xml": "x" })],
];

for (const [what, content] of REFUSED) {
  test(`${what} is refused`, async () => {
    assert.equal(await sniff(content), "refused");
  });
}

test("no damage to an archive makes it throw", async () => {
  const whole = office("spreadsheetml.sheet");
  const tail = whole.length - 400;
  const change = fc.tuple(
    fc.integer({ min: tail, max: whole.length - 1 }),
    fc.integer({ min: 0, max: 255 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      const damaged = Buffer.from(whole);
      for (const [at, value] of changes) damaged[at] = value;
      await sniff(damaged);
    }),
  );
});

test("text is recognised however it is cut", () => {
  const text = fc.string({ unit: "grapheme" }).map((each) => Buffer.from(each));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 4 }), (bytes, piece) => {
      const whole = createTextInspector();
      whole.update(bytes);
      const pieces = createTextInspector();
      for (let at = 0; at < bytes.length; at += piece)
        pieces.update(bytes.subarray(at, at + piece));
      assert.equal(pieces.result(), whole.result());
    }),
  );
});
