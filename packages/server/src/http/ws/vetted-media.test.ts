import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createMediaSink } from "../../gateway/media-sink.ts";
import { createAddressGuard } from "../../platform/address-guard.ts";
import { createFolderBlobStore } from "../../storage/blob-store.ts";
import { ENCODINGS, type EncodedBody, encodeMultipart, streamOf } from "../../testkit/ws-bodies.ts";
import type { WsQuery } from "./field-receiver.ts";
import { readWsBody } from "./read-body.ts";

const root = await mkdtemp(join(tmpdir(), "recado-vetted-"));
after(() => rm(root, { recursive: true, force: true }));
const folder = createFolderBlobStore({ root });
let created = 0;
const store = {
  ...folder,
  create() {
    created += 1;
    return folder.create();
  },
};
const limits = { base64BytesMax: 1_000_000, fileBytesMax: 1_000_000, urlCharsMax: 2_048 };
const guard = createAddressGuard({ allow: [] });
const media = Buffer.from(`%PDF-1.7\n${"a\n".repeat(100_000)}`).toString("base64");
const right = { login: "ana", token: "right" };
const wrong = { login: "ana", token: "wrong" };

/** Reads a body in pieces; tells how often the caller was asked about and how many files were begun. */
async function read(body: EncodedBody, query: WsQuery = {}) {
  created = 0;
  let asked = 0;
  const headers = { "content-type": body.type };
  const source = { headers, stream: streamOf(body.bytes, 1_000), query };
  const read = await readWsBody(source, {
    limits: { bodyBytesMax: 4_000_000, fieldBytesMax: 65_536 },
    newMediaSink: () => createMediaSink({ store, limits, guard }),
    async isStranger({ token }) {
      asked += 1;
      return token !== right.token;
    },
  });
  const left = await readdir(root, { recursive: true, withFileTypes: true });
  const files = left.filter((entry) => entry.isFile()).length;
  if (read.media?.kind === "file") await folder.delete(read.media.file.storageKey);
  return { ...read, asked, files };
}

for (const [encoding, encode] of Object.entries(ENCODINGS)) {
  test(`wrong credentials before the media of ${encoding} keep it off the disk`, async () => {
    const answer = await read(encode({ ...wrong, media, mobile: "573001234567" }));
    assert.equal(answer.media, null);
    assert.deepEqual({ ...answer.fields }, { ...wrong, mobile: "573001234567" });
    assert.deepEqual([created, answer.files, answer.asked], [0, 0, 1]);
  });

  test(`right credentials before the media of ${encoding} change nothing about it`, async () => {
    const answer = await read(encode({ ...right, media }));
    assert.ok(answer.media?.kind === "file");
    assert.equal(answer.media.file.bytes, 200_009);
    assert.deepEqual([answer.files, answer.asked], [1, 1]);
  });

  test(`media of ${encoding} that comes first is stored, whoever sends it`, async () => {
    const answer = await read(encode({ media, ...wrong }));
    assert.equal(answer.media?.kind, "file");
    assert.equal(answer.asked, 0);
  });

  test(`credentials in the query count before the media of ${encoding}`, async () => {
    assert.equal((await read(encode({ media }), wrong)).media, null);
    assert.equal(created, 0);
    assert.equal((await read(encode({ media }), right)).media?.kind, "file");
    // Those of the body win.
    assert.equal((await read(encode({ ...right, media }), wrong)).media?.kind, "file");
    assert.equal((await read(encode({ ...wrong, media }), right)).media, null);
  });

  test(`a body of ${encoding} whose caller changes behind thrown away media is refused`, async () => {
    await assert.rejects(read(encode({ media, ...right }), wrong), { code: "malformed_body" });
    assert.equal(created, 0);
  });
}

test("media that is sent again and again asks about its caller once", async () => {
  const fields = Object.entries(wrong).map(([name, content]) => ({ name, content }));
  const again = Array.from({ length: 100 }, () => ({ name: "media", content: "A".repeat(3_000) }));
  const answer = await read(encodeMultipart([...fields, ...again]));
  assert.deepEqual([answer.media, answer.asked, created], [null, 1, 0]);
});
