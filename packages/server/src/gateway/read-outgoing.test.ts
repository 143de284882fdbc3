import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import { formatStoredContent, type SendExtras } from "../domain/session-content.ts";
import { makeTemplate, SNAPSHOT } from "../testkit/plain-account.ts";
import type { StoredMedia } from "./accepted-row.ts";
import { readOutgoing } from "./read-outgoing.ts";

type Call = Parameters<typeof readOutgoing>[1];

const FILE: StoredMedia = {
  source: { kind: "file", storageKey: "k" },
  file: { sha256: "00", bytes: 9, mime: "image/png", type: "png" },
  givenName: "foto.png",
  name: "foto.png",
  ready: { id: "uploaded" },
};
const REFERRED = {
  ...{ id: "ours", channelId: "channel", mobile: "573001234567" },
  providerMessageId: "wamid.theirs",
};
const PLACE = { latitude: 4.65, longitude: -74.05, name: "Parque" };
const CONTACT = { name: "Luis", phones: [{ phone: "+57 1" }], emails: [] };

/** Reads a message as it is stored, through one of the project's numbers. */
function read(
  message: Partial<Omit<Call["message"], "media">> & { media?: StoredMedia | null },
  { channelId = "channel", snapshot = SNAPSHOT, said = {} as Partial<SendExtras> } = {},
) {
  const extras = { session: null, referred: null, payloads: [], place: null, ...said };
  const plain = { projectId: "project", templateId: null, kind: "text", body: "hola" };
  const stored = { ...plain, variables: [], media: null, content: formatStoredContent(extras) };
  return readOutgoing(snapshot, {
    channelId,
    message: { ...stored, ...message } as Call["message"],
  });
}

/** The account with a second number, where its template has a twin. */
function withSecondNumber(): AccountSnapshot {
  const project = SNAPSHOT.projects.get("project");
  assert.ok(project);
  const template = makeTemplate(1, {
    providerTemplateId: "own",
    twins: new Map([["second", "twin"]]),
  });
  return {
    ...SNAPSHOT,
    projects: new Map([["project", { ...project, fallbackChannelId: "second" }]]),
    templatesByNumber: new Map([[1, template]]),
  };
}

describe("what a stored message says", () => {
  test("is its text, or its file with the caption, or without one", () => {
    assert.deepEqual(read({}), { type: "text", body: "hola", replyTo: null });
    const media = { kind: "image", source: { id: "uploaded" }, filename: "foto.png" };
    const file = { kind: "media", media: FILE } as const;
    const whole = { type: "media", media, caption: "hola", replyTo: null };
    assert.deepEqual(read(file), whole);
    assert.deepEqual(read({ ...file, body: "" }), { ...whole, caption: null });
  });

  test("is a voice note where its file is one, and a document where its type is none of ours", () => {
    const kindOf = (mime: string) => {
      const file = { sha256: "00", bytes: 9, mime, type: "x" };
      const content = read({ kind: "media", media: { ...FILE, file } });
      return content?.type === "media" ? [content.media.kind, content.media.voice] : null;
    };
    assert.deepEqual(kindOf("audio/ogg"), ["audio", true]);
    assert.deepEqual(kindOf("audio/mpeg"), ["audio", undefined]);
    assert.deepEqual(kindOf("text/calendar"), ["document", undefined]);
  });

  test("is its place, its card, or its buttons with their picture", () => {
    const place = read(
      { kind: "location" },
      { said: { session: { kind: "location", place: PLACE } } },
    );
    assert.deepEqual(place, { type: "location", place: PLACE, replyTo: null });
    const card = read(
      { kind: "contacts" },
      { said: { session: { kind: "contacts", contact: CONTACT } } },
    );
    assert.deepEqual(card, { type: "contacts", contact: CONTACT, replyTo: null });
    const interactive = {
      type: "buttons" as const,
      body: "¿?",
      buttons: [{ id: "1", title: "Sí" }],
    };
    const session = { kind: "interactive" as const, interactive };
    const asked = read({ kind: "interactive", media: FILE }, { said: { session } });
    assert.equal(asked?.type === "interactive" && asked.media?.kind, "image");
  });

  test("is nothing where a part that it needs is gone, or its file is not ready", () => {
    const unready = { ...FILE, ready: null };
    for (const kind of ["location", "contacts", "interactive", "reaction", "template"] as const) {
      assert.equal(read({ kind }), null, kind);
    }
    assert.equal(read({ kind: "media", media: unready }), null);
    const interactive = { type: "location_request" as const, body: "¿?" };
    const said = { session: { kind: "interactive" as const, interactive } };
    assert.equal(read({ kind: "interactive", media: unready }, { said }), null);
    assert.ok(read({ kind: "interactive" }, { said }));
  });

  test("quotes and reacts only where the chat of that message is", () => {
    const quoting = { said: { referred: REFERRED } };
    assert.deepEqual(read({}, quoting), { type: "text", body: "hola", replyTo: "wamid.theirs" });
    const elsewhere = read({}, { ...quoting, channelId: "second" });
    assert.deepEqual(elsewhere, { type: "text", body: "hola", replyTo: null });
    const reaction = (emoji: string, channelId: string) => {
      const session = { kind: "reaction" as const, reaction: { message_id: "ours", emoji } };
      return read({ kind: "reaction" }, { channelId, said: { session, referred: REFERRED } });
    };
    assert.deepEqual(reaction("👍", "channel"), {
      ...{ type: "reaction", messageId: "wamid.theirs", emoji: "👍" },
    });
    assert.equal(reaction("", "channel")?.type, "reaction", "one that is taken back");
    assert.equal(reaction("👍", "second"), null);
  });
});

describe("a template on its way out", () => {
  const template = { kind: "template", templateId: "template-1" } as const;

  test("is the project's own at its first number, and its twin at the second", () => {
    const snapshot = withSecondNumber();
    const idAt = (channelId: string) => {
      const content = read(template, { snapshot, channelId });
      return content?.type === "template" ? content.providerTemplateId : undefined;
    };
    assert.deepEqual([idAt("channel"), idAt("second")], ["own", "twin"]);
    assert.equal(idAt("gone"), "own", "a number that is the project's no more is no second one");
  });

  test("has the place and what its buttons bring back, each only if it was given", () => {
    const bare = read(template);
    assert.ok(bare && !("place" in bare) && !("payloads" in bare));
    const payloads = [{ button: 1, payload: "pedido-7" }];
    const whole = read(template, { said: { payloads, place: PLACE } });
    assert.ok(whole?.type === "template");
    assert.deepEqual([whole.place, whole.payloads], [PLACE, payloads]);
  });

  test("carries its file as its header wants it", () => {
    const at = (header: "document" | "text" | null) => {
      const templatesByNumber = new Map([[1, makeTemplate(1, { header })]]);
      const content = read(
        { ...template, media: FILE },
        {
          snapshot: { ...SNAPSHOT, templatesByNumber },
        },
      );
      return content?.type === "template" ? content.media?.kind : undefined;
    };
    assert.deepEqual([at("document"), at("text"), at(null)], ["document", "image", "image"]);
  });
});
