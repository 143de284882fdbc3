import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import { KIND_BYTES_MAX, MEDIA_TYPES, type MediaType } from "../domain/media-kind.ts";
import type { HeaderFormat } from "../domain/template.ts";
import { makeTemplate, SNAPSHOT } from "../testkit/plain-account.ts";
import { findUse, judgeFile } from "./judge-file.ts";

const TYPES = Object.keys(MEDIA_TYPES) as MediaType[];
const TEMPLATE = { templateId: "template-1", kind: "template", body: "" };

function withHeader(header: HeaderFormat | null): AccountSnapshot {
  return { ...SNAPSHOT, templatesByNumber: new Map([[1, makeTemplate(1, { header })]]) };
}

/** The types that a message takes. */
function takes(message: Parameters<typeof judgeFile>[1], snapshot = SNAPSHOT): MediaType[] {
  return TYPES.filter((type) => judgeFile(snapshot, message, { type, bytes: 1 }) === null);
}

const without = (...types: MediaType[]) => TYPES.filter((type) => !types.includes(type));

describe("a file whose content has been seen", () => {
  test("may leave by itself, whatever it is; a sticker only without words", () => {
    const media = { templateId: null, kind: "media", body: "" };
    assert.deepEqual(takes(media), TYPES);
    assert.deepEqual(takes({ ...media, body: "hola" }), without("webp"));
  });

  test("may stand above buttons unless it is heard or stuck", () => {
    const interactive = { templateId: null, kind: "interactive", body: "¿?" };
    assert.deepEqual(takes(interactive), without("mp3", "opus", "webp"));
  });

  test("may fill the header that the template has", () => {
    assert.deepEqual(takes(TEMPLATE, withHeader("image")), ["jpg", "png"]);
    assert.deepEqual(takes(TEMPLATE, withHeader("video")), ["mp4"]);
    assert.deepEqual(takes(TEMPLATE, withHeader("document")), without("webp"));
  });

  test("of a template that is gone, or has no header for it any more, goes as what it is", () => {
    for (const header of [null, "text", "location"] as const) {
      assert.equal(findUse(withHeader(header), TEMPLATE, "mp4"), "video");
    }
    assert.equal(findUse(SNAPSHOT, { templateId: "gone" }, "pdf"), "document");
    assert.equal(findUse(SNAPSHOT, { templateId: null }, "opus"), "audio");
    assert.deepEqual(takes({ ...TEMPLATE, templateId: "gone" }), TYPES);
  });

  test("may be as large as WhatsApp takes it for its use, and not a byte larger", () => {
    const cases: [MediaType, HeaderFormat | null, keyof typeof KIND_BYTES_MAX][] = [
      ["png", "image", "image"],
      ["png", "document", "document"],
      ["mp4", "video", "video"],
      ["mp4", "document", "document"],
      ["pdf", "document", "document"],
    ];
    for (const [type, header, use] of cases) {
      const judge = (bytes: number) => judgeFile(withHeader(header), TEMPLATE, { type, bytes });
      const most = KIND_BYTES_MAX[use];
      assert.deepEqual([judge(most), judge(most + 1)], [null, "1011"], `${type} as ${use}`);
    }
    const media = { templateId: null, kind: "media", body: "" };
    for (const [type, kind] of [
      ["opus", "audio"],
      ["webp", "sticker"],
    ] as const) {
      const file = { type, bytes: KIND_BYTES_MAX[kind] + 1 };
      assert.equal(judgeFile(SNAPSHOT, media, file), "1011", type);
    }
  });

  test("that does not fit is refused for that, however large it is", () => {
    const file = { type: "mp3", bytes: 1_000_000_000 } as const;
    assert.equal(judgeFile(withHeader("image"), TEMPLATE, file), "1005");
  });
});
