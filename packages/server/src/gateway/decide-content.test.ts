import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { MediaType } from "../domain/media-kind.ts";
import type { ReferredMessage, SendExtras } from "../domain/session-content.ts";
import type { TemplateButton } from "../domain/template.ts";
import {
  makeApiSend,
  makeTemplate,
  makeWsSend,
  SNAPSHOT,
  withApiToken,
} from "../testkit/plain-account.ts";
import {
  findIdlePayloads,
  isMisplaced,
  judgeSend,
  mayBeRepeated,
  refersElsewhere,
} from "./decide.ts";
import type { ApiSendRequest } from "./send-request.ts";

type Fields = Partial<ApiSendRequest>;

const FREE: Fields = { template: null, text: "hola", variables: [] };
const nothing: SendExtras = { session: null, referred: null, payloads: [], place: null };
const extras = (more: Partial<SendExtras>): Fields => ({ extras: { ...nothing, ...more } });
const file = (type: MediaType) =>
  ({ kind: "file", file: { storageKey: "blob", sha256: "00", bytes: 1, type } }) as const;
const LINK = { kind: "url", url: "https://example.com/a" } as const;

/** What is answered whatever the balance is; template 1 has been given this make-up. */
function refusalOf(fields: Fields, make: Parameters<typeof makeTemplate>[1] = {}) {
  const templatesByNumber = new Map([[1, makeTemplate(1, make)]]);
  return makeApiSend(fields, withApiToken({ ...SNAPSHOT, templatesByNumber })).refusal;
}

describe("words", () => {
  test("may be as long as said, in characters, and no longer", () => {
    for (const letter of ["x", "😀"]) {
      assert.equal(refusalOf({ customField: letter.repeat(1_000) }), null);
      assert.equal(refusalOf({ customField: letter.repeat(1_001) }), 1011);
      assert.equal(refusalOf({ ...FREE, text: letter.repeat(4_096) }), null);
      assert.equal(refusalOf({ ...FREE, text: letter.repeat(4_097) }), 1011);
    }
  });

  test("must be there: none, a blank value, too few or too many are refused", () => {
    assert.equal(refusalOf({ template: null, text: null }), 6);
    assert.equal(refusalOf({ template: { number: 9 } }), 7);
    const two = {
      variables: 2,
      definition: { ...makeTemplate(1).definition, body: "{{1}} {{2}}" },
    };
    assert.equal(refusalOf({ variables: ["a", "b"] }, two), null);
    assert.equal(refusalOf({ variables: ["a", "  "] }, two), 6);
    assert.equal(refusalOf({ variables: ["a"] }, two), 8);
    assert.equal(refusalOf({ variables: ["a", "b", "c"] }, two), 8);
  });

  test("said a second time are refused, but for what a person writes in the console", () => {
    const standing = { balance: 0n, repeated: true, marketingCount: 0, optedOut: false, cap: null };
    const text = makeApiSend(FREE);
    assert.equal(judgeSend(text, standing), 9);
    const console = { ...text, prepared: { ...text.prepared, source: "console" } } as const;
    assert.equal(judgeSend(console, standing), null);
  });
});

describe("a message that another one refers to", () => {
  const referred: ReferredMessage = {
    ...{ id: "quoted", channelId: "channel", mobile: "573001234567", providerMessageId: "wamid" },
  };

  test("must stand in the same chat: the same person's, with the same number", () => {
    assert.equal(refusalOf({ ...FREE, ...extras({ referred }) }), null);
    const others = [{ channelId: "other" }, { mobile: "573007654321" }];
    for (const other of others) {
      const fields = { ...FREE, ...extras({ referred: { ...referred, ...other } }) };
      assert.equal(refusalOf(fields), 1005);
      assert.equal(refersElsewhere(makeApiSend(fields)), true);
    }
    assert.equal(refersElsewhere(makeApiSend(FREE)), false);
    const unknown = makeApiSend({ ...FREE, ...extras({ referred }), mobile: "1" });
    assert.equal(refersElsewhere(unknown), false, "nothing is said of a chat that is not known");
    assert.equal(refersElsewhere({ ...unknown, mobile: null, project: null }), false);
  });
});

describe("what a button brings back", () => {
  const buttons: TemplateButton[] = [
    { kind: "quick_reply", text: "Sí", target: null },
    { kind: "phone_number", text: "Llamar", target: "+573001234567" },
  ];
  const definition = { ...makeTemplate(1).definition, buttons };
  const payload = (button: number) => ({ button, payload: "x" });

  test("is for a quick reply of the template, and for nothing else", () => {
    assert.equal(refusalOf(extras({ payloads: [payload(0)] }), { definition }), null);
    assert.equal(refusalOf(extras({ payloads: [payload(1)] }), { definition }), 8);
    assert.equal(refusalOf(extras({ payloads: [payload(2)] }), { definition }), 8);
    assert.equal(refusalOf(extras({ payloads: [payload(0)] })), 8);
    assert.equal(refusalOf({ ...FREE, ...extras({ payloads: [payload(0)] }) }), null);
    const templatesByNumber = new Map([[1, makeTemplate(1, { definition })]]);
    const mixed = extras({ payloads: [payload(1), payload(0), payload(2)] });
    const send = makeApiSend(mixed, withApiToken({ ...SNAPSHOT, templatesByNumber }));
    assert.deepEqual(findIdlePayloads(send), [0, 2]);
  });
});

describe("a place", () => {
  const place = { latitude: 4.6, longitude: -74.1, name: "Bogotá", address: "Calle 1" };

  test("is what a location header needs, whole, and no other template takes", () => {
    const header = { header: "location" } as const;
    assert.equal(refusalOf(extras({ place }), header), null);
    assert.equal(refusalOf({}, header), 1008);
    const { name, address, ...bare } = place;
    assert.equal(refusalOf(extras({ place: { ...bare, name } }), header), 1008);
    assert.equal(refusalOf(extras({ place: { ...bare, address } }), header), 1008);
    assert.equal(refusalOf(extras({ place })), 1005);
    assert.equal(refusalOf({ ...FREE, ...extras({ place }) }), null);
  });
});

describe("a file", () => {
  test("is what a header of its kind needs, and no other template takes", () => {
    const image = { header: "image" } as const;
    assert.equal(refusalOf({ media: file("png") }, image), null);
    assert.equal(refusalOf({ media: LINK }, image), null);
    assert.equal(refusalOf({}, image), 1008);
    assert.equal(refusalOf({ media: file("pdf") }, image), 1005);
    for (const header of [null, "text", "location"] as const) {
      const withPlace = header === "location" ? { name: "a", address: "b" } : null;
      const place = withPlace && { latitude: 1, longitude: 1, ...withPlace };
      assert.equal(refusalOf({ media: LINK, ...extras({ place }) }, { header }), 1005);
      assert.equal(refusalOf(extras({ place }), { header }), null);
    }
    assert.equal(refusalOf({ ...FREE, media: file("pdf") }), null);
  });

  test("that cannot be read, or is too large, is refused by its own code", () => {
    assert.equal(refusalOf({ ...FREE, media: { kind: "invalid", why: "" } }), 1010);
    assert.equal(refusalOf({ ...FREE, media: { kind: "too-large", bytesMax: 1 } }), 1011);
  });

  test("stands alone as a sticker, and above buttons or a link only when it can be seen there", () => {
    const webp = file("webp");
    assert.equal(refusalOf({ ...FREE, media: webp }), 1005);
    assert.equal(refusalOf({ ...FREE, text: " ", media: webp }), null);
    assert.equal(refusalOf({ ...FREE, media: file("png") }), null);
    const above = (type: string, media: Fields["media"]) => {
      const interactive = { type, text: "¿?", buttons: [], sections: [], url: "", label: "" };
      const session = { kind: "interactive", interactive } as never;
      const fields = { template: null, text: null, media, ...extras({ session }) };
      return isMisplaced(makeApiSend(fields).prepared);
    };
    for (const type of ["buttons", "link"]) {
      const kinds = (["png", "mp4", "pdf", "mp3", "webp"] as const).map((one) =>
        above(type, file(one)),
      );
      assert.deepEqual(kinds, [false, false, false, true, true]);
    }
    assert.equal(above("list", file("png")), true);
    assert.equal(above("list", LINK), false, "nothing is known of it yet");
    const place = { kind: "location", place: { latitude: 1, longitude: 1 } } as const;
    const fields = {
      template: null,
      text: null,
      media: file("mp3"),
      ...extras({ session: place }),
    };
    assert.equal(isMisplaced(makeApiSend(fields).prepared), false);
  });
});

test("the database is asked about repeats only of what nothing earlier refuses", () => {
  assert.ok(mayBeRepeated(makeWsSend()));
  assert.ok(mayBeRepeated(makeWsSend({ customField: "x".repeat(1_001) })));
  for (const spoilt of [{ token: "other" }, { mobile: "1" }, { idTemplate: "2" }])
    assert.equal(mayBeRepeated(makeWsSend(spoilt)), false);
});
