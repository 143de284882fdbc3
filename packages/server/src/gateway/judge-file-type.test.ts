import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeFileType } from "./judge-file-type.ts";

const PNG = Buffer.from("89504e470d0a1a0a0000000d4948445200000001000000010802000000", "hex");
const PDF = Buffer.from("%PDF-1.7\n%âãÏÓ\n");
const MP4 = Buffer.from("000000206674797069736f6d0000020069736f6d69736f326176633131", "hex");
const OGG = Buffer.from(
  "4f67675300020000000000000000000000000000000000000000011e01766f72626973",
  "hex",
);

test("a picture that is one keeps its type, and one that is a document loses it", async () => {
  assert.equal(await judgeFileType(PNG, "image/png"), "image/png");
  assert.equal(await judgeFileType(PNG, "image/jpeg; x=1"), "image/jpeg; x=1");
  assert.equal(await judgeFileType(PDF, "image/png"), "application/octet-stream");
  assert.equal(await judgeFileType(PDF, "video/mp4"), "application/octet-stream");
});

test("sound in a container that films share is no lie, and what has no mark is believed", async () => {
  assert.equal(await judgeFileType(OGG, "audio/ogg; codecs=opus"), "audio/ogg; codecs=opus");
  assert.equal(await judgeFileType(MP4, "Audio/MP4"), "Audio/MP4");
  assert.equal(await judgeFileType(MP4, "image/png"), "application/octet-stream");
  assert.equal(await judgeFileType(PNG, "audio/mp4"), "application/octet-stream");
  assert.equal(await judgeFileType(Buffer.from("nothing known"), "audio/amr"), "audio/amr");
  assert.equal(await judgeFileType(Buffer.alloc(0), "image/webp"), "image/webp");
});

test("documents are whatever the person says", async () => {
  assert.equal(await judgeFileType(PDF, "application/msword"), "application/msword");
  assert.equal(await judgeFileType(PNG, ""), "");
});
