import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOfMime, readOutgoingFile } from "./outgoing-file.ts";

test("a file's bytes, name and caption reach the simulator unchanged", async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
  const file = new File([bytes], "foto.png", { type: "image/png" });
  const { base64, ...rest } = await readOutgoingFile(file, "Mira");
  assert.deepEqual(rest, { kind: "image", mime: "image/png", name: "foto.png", caption: "Mira" });
  assert.deepEqual(new Uint8Array(Buffer.from(base64, "base64")), bytes);
});

test("a file without type or caption travels as a document", async () => {
  const sent = await readOutgoingFile(new File(["x"], "datos.raro"), "");
  assert.equal(sent.kind, "document");
  assert.equal(sent.mime, "application/octet-stream");
  assert.equal("caption" in sent, false);
});

test("only what WhatsApp shows as a picture or video is sent as one", () => {
  const kinds = [
    "image/jpeg",
    "image/svg+xml",
    "video/mp4",
    "video/webm",
    "audio/ogg",
    "text/plain",
  ];
  assert.deepEqual(kinds.map(kindOfMime), [
    "image",
    "document",
    "video",
    "document",
    "audio",
    "document",
  ]);
});
