import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  describeSession,
  formatStoredContent,
  readSaid,
  type SendExtras,
  type SessionContent,
  takesHeaderFile,
} from "./session-content.ts";

const NOTHING: SendExtras = { session: null, referred: null, payloads: [], place: null };
const PLACE = { latitude: 4.6, longitude: -74.1, name: "Casa", address: "Calle 1" };
const REFERRED = {
  id: "m-1",
  channelId: "c-1",
  mobile: "573001234567",
  providerMessageId: "wamid.1",
};
const CARD = {
  name: "Ana Ruiz",
  first_name: "Ana",
  last_name: "Ruiz",
  phones: [{ phone: "+57 300", type: "CELL", mobile: "573001234567" }, { phone: "+57 301" }],
  emails: [{ email: "ana@example.com", type: "WORK" }, { email: "a@example.com" }],
  organization: "Sol",
  title: "Jefa",
};
const LIST = {
  type: "buttons",
  body: "¿Sigue?",
  buttons: [{ id: "si", title: "Sí" }],
} as const satisfies { type: "buttons"; body: string; buttons: object[] };
const interactive: SessionContent = {
  kind: "interactive",
  interactive: { ...LIST, buttons: [...LIST.buttons] },
};
const stored = (extras: Partial<SendExtras>) => formatStoredContent({ ...NOTHING, ...extras });
const said = (extras: Partial<SendExtras>) => readSaid(stored(extras) ?? {});
const SILENT = readSaid({});

describe("what is kept of a message's extras", () => {
  test("is nothing when there are none", () => {
    assert.equal(formatStoredContent(null), null);
    assert.deepEqual(stored({}), {});
    assert.deepEqual(SILENT, {
      interactive: null,
      place: null,
      contact: null,
      emoji: null,
      payloads: [],
      referred: null,
    });
  });

  test("is said again as it was asked for, each kind by itself", () => {
    assert.deepEqual(said({ session: interactive }), {
      ...SILENT,
      interactive: interactive.interactive,
    });
    assert.deepEqual(said({ session: { kind: "location", place: PLACE } }), {
      ...SILENT,
      place: PLACE,
    });
    assert.deepEqual(said({ place: PLACE }), { ...SILENT, place: PLACE });
    assert.deepEqual(said({ session: { kind: "contacts", contact: CARD } }), {
      ...SILENT,
      contact: CARD,
    });
    const payloads = [{ button: 0, payload: "p" }];
    assert.deepEqual(said({ payloads }), { ...SILENT, payloads });
  });

  test("leaves out what was left out", () => {
    const bare = { latitude: 1, longitude: 2 };
    assert.deepEqual(said({ session: { kind: "location", place: bare } }).place, bare);
    assert.deepEqual(said({ session: { kind: "contacts", contact: { name: "Ana" } } }).contact, {
      name: "Ana",
      phones: [],
      emails: [],
    });
  });

  test("shows callers null for what a place or a card does not say", () => {
    assert.deepEqual(stored({ place: { latitude: 1, longitude: 2 } }), {
      location: { latitude: 1, longitude: 2, name: null, address: null, url: null },
    });
    assert.deepEqual(stored({ session: { kind: "contacts", contact: { name: "Ana" } } }), {
      contacts: [
        {
          name: "Ana",
          first_name: null,
          last_name: null,
          phones: [],
          emails: [],
          organization: null,
          title: null,
          birthday: null,
        },
      ],
    });
    const card = { name: "Ana", phones: [{ phone: "1" }], emails: [{ email: "e" }] };
    const kept = stored({ session: { kind: "contacts", contact: card } })?.contacts?.[0];
    assert.deepEqual(kept?.phones, [{ phone: "1", type: null, mobile: null }]);
    assert.deepEqual(kept?.emails, [{ email: "e", type: null }]);
  });

  test("names the message that is quoted, and the number in whose chat it stands", () => {
    const target = { message_id: "m-1", whatsapp_id: "wamid.1" };
    assert.deepEqual(stored({ session: interactive, referred: REFERRED }), {
      interactive: interactive.interactive,
      quote: target,
      referred_channel_id: "c-1",
    });
    assert.deepEqual(said({ referred: REFERRED }).referred, {
      channelId: "c-1",
      providerMessageId: "wamid.1",
    });
  });

  test("of a reaction is its emoji, and an empty one takes it back", () => {
    const react = (emoji: string) => ({
      session: { kind: "reaction" as const, reaction: { message_id: "m-1", emoji } },
      referred: REFERRED,
    });
    const target = { message_id: "m-1", whatsapp_id: "wamid.1" };
    assert.deepEqual(stored(react("👍")), {
      reaction: { ...target, emoji: "👍", removed: false },
      referred_channel_id: "c-1",
    });
    assert.equal(stored(react(""))?.reaction?.removed, true);
    assert.deepEqual(said(react("👍")), {
      ...SILENT,
      emoji: "👍",
      referred: { channelId: "c-1", providerMessageId: "wamid.1" },
    });
    assert.equal(said(react("")).emoji, "");
  });
});

describe("what a reader sees of it in one text", () => {
  test("is the question, the place, the card or the emoji", () => {
    assert.equal(describeSession(interactive), "¿Sigue?");
    assert.equal(describeSession({ kind: "location", place: PLACE }), "Casa\nCalle 1\n4.6, -74.1");
    const bare = { latitude: 1, longitude: 2 };
    assert.equal(describeSession({ kind: "location", place: bare }), "1, 2");
    assert.equal(describeSession({ kind: "contacts", contact: CARD }), "Ana Ruiz +57 300 +57 301");
    assert.equal(describeSession({ kind: "contacts", contact: { name: "Ana" } }), "Ana");
    const reaction = { message_id: "m-1", emoji: "👍" };
    assert.equal(describeSession({ kind: "reaction", reaction }), "👍");
  });
});

test("a file may stand above buttons and a link, and above nothing else", () => {
  const url = "https://example.com";
  const rows = [{ id: "a", title: "A" }];
  assert.equal(takesHeaderFile(interactive.interactive), true);
  assert.equal(takesHeaderFile({ type: "link", body: "b", button: "Ver", url }), true);
  assert.equal(
    takesHeaderFile({ type: "list", body: "b", button: "Ver", sections: [{ rows }] }),
    false,
  );
  assert.equal(takesHeaderFile({ type: "location_request", body: "b" }), false);
});
