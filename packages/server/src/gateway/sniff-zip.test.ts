import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { sniffZip } from "./sniff-zip.ts";

interface Packing {
  method?: number;
  comment?: number;
  /** Instead of the parts' own sizes. */
  packedBytes?: number;
  /** Blanks between a part's name and its bytes. */
  extra?: number;
  directoryAt?: number;
  directoryBytes?: number;
}

const CONTENT_TYPES = "[Content_Types].xml";
const WORD =
  'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"';

/** An archive of one part, and of what is wrong with it. */
function pack(name: string, text: string, packing: Packing = {}): Buffer {
  const { method = 8, comment = 0, extra = 0 } = packing;
  const packed = method === 8 ? deflateRawSync(text) : Buffer.from(text);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra, 28);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x0201_4b50, 0);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt32LE(packing.packedBytes ?? packed.length, 20);
  entry.writeUInt16LE(name.length, 28);
  const local = Buffer.concat([header, Buffer.from(name), Buffer.alloc(extra), packed]);
  const directory = Buffer.concat([entry, Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt32LE(packing.directoryBytes ?? directory.length, 12);
  end.writeUInt32LE(packing.directoryAt ?? local.length, 16);
  end.writeUInt16LE(comment, 20);
  return Buffer.concat([local, directory, end, Buffer.alloc(comment, "x")]);
}

const sniff = (bytes: Buffer) =>
  sniffZip({
    bytes: bytes.length,
    read(start, end) {
      assert.ok(start >= 0 && start < end && end <= bytes.length, `${start} to ${end}`);
      return Promise.resolve(bytes.subarray(start, end));
    },
  });
const typeOf = async (bytes: Buffer) => {
  const verdict = await sniff(bytes);
  return verdict.kind === "known" ? verdict.type : verdict.kind;
};
const word = (packing: Packing = {}) => typeOf(pack(CONTENT_TYPES, WORD, packing));

describe("an Office document", () => {
  test("is known however its list of types is packed, and with whatever comment at its end", async () => {
    assert.equal(await word(), "docx");
    assert.equal(await word({ method: 0 }), "docx");
    assert.equal(await word({ extra: 9 }), "docx");
    for (const comment of [1, 1_000, 0xffff]) assert.equal(await word({ comment }), "docx");
  });

  test("whose list of types cannot be read is a plain archive", async () => {
    assert.equal(await word({ method: 12 }), "zip");
    assert.equal(await word({ packedBytes: 0 }), "zip");
    assert.equal(await word({ packedBytes: 50_000 }), "zip");
    assert.equal(await word({ packedBytes: 0x7fff_ffff }), "zip");
    assert.equal(
      await typeOf(pack(CONTENT_TYPES, WORD + " ".repeat(9_000_000))),
      "zip",
      "it unpacks to too much",
    );
  });

  test("of a kind that is not taken is refused by its name", async () => {
    const verdict = await sniff(pack(CONTENT_TYPES, "application/vnd.ms-word.template.main+xml"));
    assert.deepEqual(verdict, {
      kind: "refused",
      why: "the content is an Office file of a kind that is not taken",
    });
    assert.equal(await typeOf(pack(CONTENT_TYPES, "application/xml")), "zip");
  });
});

describe("an archive", () => {
  test("that is a program, or another office's document, is refused by its name", async () => {
    const whys = [];
    for (const name of ["META-INF/MANIFEST.MF", "AndroidManifest.xml"]) {
      const verdict = await sniff(pack(name, "x"));
      whys.push(verdict.kind === "refused" ? verdict.why : verdict.kind);
    }
    assert.deepEqual(whys, [
      "the content is a Java archive",
      "the content is an Android application",
    ]);
  });

  test("whose directory is beyond reading is taken as it is, and one whose directory is not there is unreadable", async () => {
    assert.equal(await word({ directoryAt: 0xffff_ffff }), "zip");
    assert.equal(await word({ directoryBytes: 0x7000_0000 }), "zip");
    assert.equal(await word({ directoryAt: 5_000 }), "unreadable");
    assert.equal(await word({ directoryAt: 3 }), "unreadable");
    assert.equal(await word({ directoryBytes: 46 + CONTENT_TYPES.length - 20 }), "unreadable");
    const whole = pack(CONTENT_TYPES, WORD);
    assert.equal(await typeOf(whole.subarray(0, whole.length - 22)), "unreadable");
    assert.equal(await typeOf(whole.subarray(0, whole.length - 1)), "unreadable");
  });
});
