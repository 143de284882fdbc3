import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { KIND_BYTES_MAX } from "../domain/media-kind.ts";
import {
  GUARD,
  makeApiSend,
  makeTemplate,
  PRICE,
  SNAPSHOT,
  withApiToken,
} from "../testkit/plain-account.ts";
import type { Standing } from "./decide.ts";
import { listWarnings, type TriedSend } from "./dry-run-warnings.ts";
import type { MediaProbe } from "./probe-media.ts";

const RICH: Standing = {
  ...{ balance: 2n * PRICE, repeated: false, marketingCount: 0, optedOut: false, cap: null },
};
const LINK = { kind: "url", url: "https://example.com/a.png" } as const;
const FREE = { template: null, text: "hola", variables: [] } as const;
const PNG: MediaProbe = { reachable: true, type: "png", bytes: 9, why: null };

const warn = (tried: Partial<TriedSend> = {}) =>
  listWarnings({
    ...{ send: makeApiSend(), standing: RICH, window: null, media: null, waits: false },
    ...tried,
  }).map(({ code, message }) => [code, message]);
const codes = (tried: Partial<TriedSend>) => warn(tried).map(([code]) => code);

/** Template 1 with this make-up, and what was found at the address of its file. */
function probe(
  media: MediaProbe | null,
  make: Parameters<typeof makeTemplate>[1] = { header: "image" },
) {
  const templatesByNumber = new Map([[1, makeTemplate(1, make)]]);
  const send = makeApiSend({ media: LINK }, withApiToken({ ...SNAPSHOT, templatesByNumber }));
  return warn({ send, media });
}

describe("a send that was tried out is warned of", () => {
  test("nothing, when it is well", () => {
    assert.deepEqual(warn(), []);
    assert.deepEqual(probe(PNG), []);
  });

  test("a closed window, for free texts alone", () => {
    const send = makeApiSend(FREE);
    const closed = { lastMessageAt: null, closesAt: null };
    assert.deepEqual(warn({ send, window: closed }), [
      [
        "outside_window",
        "This person has not written in the last 24 hours: WhatsApp takes templates only.",
      ],
    ]);
    assert.deepEqual(warn({ send, window: { ...closed, closesAt: new Date(0) } }), []);
    assert.deepEqual(warn({ window: closed }), []);
  });

  test("a template that became dearer, and that it would wait", () => {
    const templatesByNumber = new Map([[1, makeTemplate(1, { guard: GUARD })]]);
    const send = makeApiSend({}, withApiToken({ ...SNAPSHOT, templatesByNumber }));
    const [waits, guarded] = warn({ send, waits: true });
    assert.deepEqual(waits, [
      "waits_for_balance",
      "It would be kept, unpaid, until a top-up pays for it.",
    ]);
    assert.equal(guarded?.[0], "category_guard");
    assert.match(guarded?.[1] ?? "", /from utility to marketing/u);
  });

  test("money that does not pay another such message, and the last one that its person may get", () => {
    const poor = { ...RICH, balance: 2n * PRICE - 1n };
    assert.deepEqual(warn({ standing: poor }), [
      ["low_balance", "The balance does not pay another such message."],
    ]);
    assert.deepEqual(warn({ standing: poor, send: { ...makeApiSend(), price: null } }), []);
    assert.deepEqual(warn({ standing: { ...RICH, marketingCount: 1 } }), [
      ["marketing_last", "This is the last marketing message that this person may get for now."],
    ]);
    for (const marketingCount of [0, 2])
      assert.deepEqual(warn({ standing: { ...RICH, marketingCount } }), []);
    assert.deepEqual(
      codes({ send: makeApiSend(FREE), standing: { ...RICH, marketingCount: 1 } }),
      [],
    );
  });
});

describe("of a file it is told", () => {
  test("that its name is replaced, and that nobody looked", () => {
    const named = (mediaName: string, media: MediaProbe | null = PNG) =>
      codes({ send: makeApiSend({ ...FREE, media: LINK, mediaName }), media });
    for (const length of [0, 10, 60]) assert.deepEqual(named("x".repeat(length)), []);
    for (const length of [1, 9, 61])
      assert.deepEqual(named("x".repeat(length)), ["media_name_replaced"]);
    assert.deepEqual(named("😀".repeat(31)), [], "a sign counts once");
    assert.deepEqual(named("a", null), ["media_name_replaced", "media_not_fetched"]);
    const file = { storageKey: "b", sha256: "00", bytes: 1, type: "png" } as const;
    const own = makeApiSend({ ...FREE, media: { kind: "file", file } });
    assert.deepEqual(codes({ send: own }), []);
    assert.deepEqual(codes({ send: makeApiSend({ mediaName: "a" }) }), [], "there is none");
  });

  test("that it cannot be had, or is of no type that is taken, or too large to be looked at", () => {
    assert.deepEqual(probe({ reachable: false, type: null, bytes: null, why: "404" }), [
      ["media_unreachable", "The file cannot be had: 404."],
    ]);
    assert.deepEqual(probe({ ...PNG, type: null, why: "it is HTML" }), [
      ["media_wrong_type", "The file cannot be sent: it is HTML."],
    ]);
    assert.deepEqual(probe({ ...PNG, type: null, bytes: Number.POSITIVE_INFINITY }), [
      ["media_too_large", "The file cannot be sent: it is too large."],
    ]);
  });

  test("that it does not fit the header, or nothing stands where it would", () => {
    assert.deepEqual(probe({ ...PNG, type: "pdf" }), [
      ["media_wrong_type", "The template's header is image and the file is pdf."],
    ]);
    for (const header of ["image", "video", "document"] as const) {
      const fits = { image: "png", video: "mp4", document: "pdf" } as const;
      assert.deepEqual(probe({ ...PNG, type: fits[header] }, { header }), []);
      assert.equal(probe({ ...PNG, type: "webp" }, { header }).length, 1, header);
    }
    const session = { kind: "location", place: { latitude: 1, longitude: 1 } } as const;
    const extras = { session, referred: null, payloads: [], place: null };
    const above = (type: "mp3" | "webp" | "png") =>
      warn({
        send: makeApiSend({ ...FREE, text: null, media: LINK, extras }),
        media: { ...PNG, type },
      });
    assert.deepEqual(above("mp3"), [["media_wrong_type", "A header takes no file of type mp3."]]);
    assert.deepEqual(above("webp"), [["media_wrong_type", "A header takes no file of type webp."]]);
    assert.deepEqual(above("png"), []);
    const beside = (text: string, type: "webp" | "png") =>
      warn({ send: makeApiSend({ ...FREE, text, media: LINK }), media: { ...PNG, type } });
    assert.deepEqual(beside("hola", "webp"), [["media_wrong_type", "A sticker takes no text."]]);
    assert.deepEqual([beside(" ", "webp"), beside("hola", "png")], [[], []]);
  });

  test("that it is larger than WhatsApp takes for its use", () => {
    const of = (bytes: number | null) => probe({ ...PNG, bytes });
    assert.deepEqual([of(KIND_BYTES_MAX.image), of(null)], [[], []]);
    const bytes = KIND_BYTES_MAX.image + 1;
    assert.deepEqual(of(bytes), [
      [
        "media_too_large",
        `As image WhatsApp takes ${KIND_BYTES_MAX.image} bytes and the file has ${bytes}.`,
      ],
    ]);
    assert.deepEqual(probe({ ...PNG, bytes }, { header: "document" }), []);
    const free = makeApiSend({ ...FREE, media: LINK });
    assert.deepEqual(codes({ send: free, media: { ...PNG, bytes } }), ["media_too_large"]);
  });
});
