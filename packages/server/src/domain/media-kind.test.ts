import assert from "node:assert/strict";
import { test } from "node:test";
import {
  findMediaType,
  fitsHeader,
  KIND_BYTES_MAX,
  MEDIA_TYPES,
  type MediaType,
} from "./media-kind.ts";

const OFFICE = "application/vnd.openxmlformats-officedocument";

test("every type that is taken has WhatsApp's name and the kind of message that carries it", () => {
  assert.deepEqual(
    Object.entries(MEDIA_TYPES).map(([type, { mime, kind }]) => [type, mime, kind]),
    [
      ["pdf", "application/pdf", "document"],
      ["jpg", "image/jpeg", "image"],
      ["png", "image/png", "image"],
      ["mp3", "audio/mpeg", "audio"],
      ["mp4", "video/mp4", "video"],
      ["txt", "text/plain", "document"],
      ["docx", `${OFFICE}.wordprocessingml.document`, "document"],
      ["xlsx", `${OFFICE}.spreadsheetml.sheet`, "document"],
      ["pptx", `${OFFICE}.presentationml.presentation`, "document"],
      ["zip", "application/zip", "document"],
      ["opus", "audio/ogg", "audio"],
      ["webp", "image/webp", "sticker"],
    ],
  );
});

test("a type is found by what is stored of it, and nothing else is", () => {
  for (const type of Object.keys(MEDIA_TYPES) as MediaType[]) {
    assert.equal(findMediaType(MEDIA_TYPES[type].mime), type);
  }
  assert.equal(findMediaType("text/html"), null);
});

test("a header takes its own kind, and as a document anything but a sticker", () => {
  const fitting = (format: "image" | "video" | "document") =>
    (Object.keys(MEDIA_TYPES) as MediaType[]).filter((type) => fitsHeader(type, format));
  assert.deepEqual(fitting("image"), ["jpg", "png"]);
  assert.deepEqual(fitting("video"), ["mp4"]);
  assert.deepEqual(
    fitting("document"),
    Object.keys(MEDIA_TYPES).filter((type) => type !== "webp"),
  );
});

test("the sizes are those that WhatsApp takes", () => {
  assert.deepEqual(KIND_BYTES_MAX, {
    image: 5_242_880,
    audio: 16_777_216,
    video: 16_777_216,
    document: 104_857_600,
    sticker: 512_000,
  });
});
