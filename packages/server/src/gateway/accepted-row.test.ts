import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SendExtras } from "../domain/session-content.ts";
import type { AcceptedRow } from "../storage/accepting.ts";
import { makeApiSend, makeTemplate, makeWsSend, NOW, SNAPSHOT } from "../testkit/plain-account.ts";
import { formatAcceptedRow, isAcceptable } from "./accepted-row.ts";
import type { ResolvedSend } from "./decide.ts";

const HOUR_MS = 3_600_000;
const IDS = { message: "message", event: "event" };
const AT = { nowMs: NOW, balanceAfter: 7n, position: 3, campaignId: null };
const EXTRAS: SendExtras = { session: null, referred: null, payloads: [], place: null };

function format(send: ResolvedSend, at: Partial<typeof AT> = {}): AcceptedRow {
  assert.ok(isAcceptable(send));
  return formatAcceptedRow(send, IDS, { ...AT, ...at });
}

const withCategory = (category: "marketing" | "utility" | "authentication") =>
  makeWsSend(
    {},
    {
      ...SNAPSHOT,
      templatesByNumber: new Map([[1, makeTemplate(1, { category })]]),
      prices: [{ country: "*", category, amount: 5n, fromMs: 0, toMs: null }],
    },
  );

const lifeMs = (row: AcceptedRow) => Date.parse(row.deadline_at) - NOW;

describe("the row of an accepted send", () => {
  test("has everything by which it is found, sent and paid", () => {
    const row = format(makeWsSend({ customField: "A-1" }));
    const { digest, ...rest } = row;
    assert.match(digest, /^[0-9a-f]{64}$/u);
    assert.deepEqual(rest, {
      ...{ account_id: "account", id: "message", event_id: "event", project_id: "project" },
      ...{ channel_id: "channel", mobile: "573001234567", category: "marketing", class: 2 },
      ...{ kind: "template", template_id: "template-1", variables: ["Ana"], body: "Hola Ana" },
      ...{ media: null, custom_field: "A-1", source: "ws", price: "2500000", scheduled_at: null },
      deadline_at: new Date(NOW + 25 * HOUR_MS).toISOString(),
      accepted_at: new Date(NOW).toISOString(),
      ...{ balance_after: "7", position: 3 },
    });
  });

  test("lives an hour longer than WhatsApp keeps it, and goes before what is less pressing", () => {
    const facts = (["authentication", "utility", "marketing"] as const).map((category) => {
      const row = format(withCategory(category));
      return [row.class, lifeMs(row) / HOUR_MS];
    });
    const text = format(makeWsSend({ idTemplate: undefined, message: "hola" }));
    assert.deepEqual(
      [...facts, [text.class, lifeMs(text) / HOUR_MS]],
      [
        [0, 1.25],
        [1, 13],
        [2, 25],
        [1, 13],
      ],
    );
  });

  test("lives as long as its project says, or its sender, from its hour on", () => {
    const [project] = SNAPSHOT.projects.values();
    assert.ok(project);
    const own = { ...project, deadlineMs: { marketing: HOUR_MS } };
    const snapshot = { ...SNAPSHOT, projects: new Map([["project", own]]) };
    assert.equal(lifeMs(format(makeWsSend({}, snapshot))), HOUR_MS);
    const later = format(makeApiSend({ validForMs: 60_000, sendAtMs: NOW + HOUR_MS }));
    assert.equal(lifeMs(later), HOUR_MS + 60_000);
    assert.equal(later.scheduled_at, new Date(NOW + HOUR_MS).toISOString());
    for (const sendAtMs of [NOW, NOW - HOUR_MS]) {
      const past = format(makeApiSend({ validForMs: 60_000, sendAtMs }));
      assert.deepEqual([past.scheduled_at, lifeMs(past)], [null, 60_000]);
    }
  });

  test("names its campaign, its author and what it quotes only when there are such", () => {
    const plain = format(makeApiSend());
    for (const key of ["campaign_id", "content", "reply_to"]) assert.equal(key in plain, false);
    assert.equal(format(makeApiSend(), { campaignId: "C" as never }).campaign_id, "C");
    const referred = {
      id: "quoted",
      channelId: "channel",
      mobile: "573001234567",
      providerMessageId: "wamid.q",
    };
    const quoting = format(
      makeApiSend({ template: null, text: "sí", variables: [], extras: { ...EXTRAS, referred } }),
    );
    assert.equal(quoting.reply_to, "quoted");
    const { prepared, ...send } = makeApiSend({ template: null, text: "sí", variables: [] });
    const written = format({ ...send, prepared: { ...prepared, userId: "ana" } });
    assert.deepEqual([written.content, written.reply_to], [{ sent_by: "ana" }, null]);
  });

  test("says what kind it is, and what the person will read", () => {
    const text = makeApiSend({ template: null, text: "hola", variables: [] });
    assert.deepEqual(
      [format(text).kind, format(text).body, format(text).template_id, format(text).variables],
      ["text", "hola", null, []],
    );
    const session = {
      kind: "location",
      place: { latitude: 4.6, longitude: -74.1, name: "Bogotá" },
    } as const;
    const place = makeApiSend({
      template: null,
      text: null,
      variables: [],
      extras: { ...EXTRAS, session },
    });
    assert.equal(format(place).kind, "location");
    assert.match(format(place).body, /Bogotá/u);
  });

  test("keeps a file that was uploaded as it is known, and a link as it came", () => {
    const file = { storageKey: "blob", sha256: "00", bytes: 9, type: "pdf" } as const;
    const sent = (media: Parameters<typeof makeApiSend>[0] & object) =>
      format(makeApiSend({ template: null, text: "vea", variables: [], ...media }));
    const uploaded = sent({ media: { kind: "file", file }, mediaName: "factura-11.pdf" });
    const nameOf = ({ media }: AcceptedRow) => (media as { name: string }).name;
    assert.match(nameOf(uploaded), /^\d{3}factura-11\.pdf$/u);
    assert.deepEqual(uploaded.media, {
      source: { kind: "file", storageKey: "blob" },
      file: { sha256: "00", bytes: 9, mime: "application/pdf", type: "pdf" },
      ...{ givenName: "factura-11.pdf", name: nameOf(uploaded), ready: null },
    });
    assert.deepEqual([uploaded.kind, uploaded.body], ["media", "vea"]);
    const linked = sent({
      media: { kind: "url", url: "https://example.com/a.pdf" },
      mediaName: "a",
    });
    assert.deepEqual(linked.media, {
      source: { kind: "url", url: "https://example.com/a.pdf" },
      file: null,
      ...{ givenName: "a", name: nameOf(linked), ready: null },
    });
    assert.equal(linked.kind, "media");
  });
});

describe("a send", () => {
  test("is acceptable only with its account, number, recipient, category and price", () => {
    const whole = makeApiSend();
    assert.ok(isAcceptable(whole));
    const { project } = whole;
    assert.ok(project);
    const parts: Partial<ResolvedSend>[] = [
      { snapshot: null },
      { project: null },
      { project: { ...project, channelId: null } },
      { mobile: null },
      { category: null },
      { price: null },
    ];
    for (const part of parts) assert.equal(isAcceptable({ ...whole, ...part }), false);
    assert.ok(isAcceptable({ ...whole, price: 0n }));
  });
});
