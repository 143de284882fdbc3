import assert from "node:assert/strict";
import { test } from "node:test";
import { ACCOUNT_EVENTS, EVENT_FILTERS, WEBHOOK_EVENTS } from "@recado/contract/webhook-payloads";
import { wantsEvent } from "./event-filter.ts";

const ALL = { events: null, numbers: null, templates: null };
const OURS = { officialNumber: "573005202020", template: { number: 17, name: "saldo" } };

test("an endpoint that says nothing gets the five of messages and nothing else", () => {
  for (const kind of WEBHOOK_EVENTS)
    assert.equal(wantsEvent({ ...ALL, events: null }, { kind }), true);
  for (const kind of ACCOUNT_EVENTS)
    assert.equal(wantsEvent({ ...ALL, events: null }, { kind }), false);
});

test("an endpoint gets what it names, alone or by family, and no other", () => {
  assert.equal(wantsEvent({ ...ALL, events: ["sent"] }, { kind: "sent" }), true);
  assert.equal(wantsEvent({ ...ALL, events: ["sent"] }, { kind: "read" }), false);
  assert.equal(
    wantsEvent({ ...ALL, events: ["endpoint.disabled"] }, { kind: "endpoint.disabled" }),
    true,
  );
  assert.equal(wantsEvent({ ...ALL, events: ["endpoint.*"] }, { kind: "endpoint.disabled" }), true);
  assert.equal(
    wantsEvent({ ...ALL, events: ["template.*"] }, { kind: "endpoint.disabled" }),
    false,
  );
  assert.equal(wantsEvent({ ...ALL, events: ["endpoint.*"] }, { kind: "sent" }), false);
});

test("every event has a name of its own and can be named in a filter", () => {
  assert.equal(new Set(EVENT_FILTERS).size, EVENT_FILTERS.length);
  for (const kind of ACCOUNT_EVENTS) assert.match(kind, /^[a-z]+\.[a-z][a-z_]*$/u);
});

test("a message counts as of its number and its template, by name or by id_template", () => {
  const sent = { kind: "sent" as const, ...OURS };
  assert.equal(wantsEvent({ ...ALL, numbers: ["573005202020"] }, sent), true);
  assert.equal(wantsEvent({ ...ALL, numbers: ["573005202021"] }, sent), false);
  assert.equal(wantsEvent({ ...ALL, templates: ["cita", "saldo"] }, sent), true);
  assert.equal(wantsEvent({ ...ALL, templates: ["17"] }, sent), true);
  assert.equal(wantsEvent({ ...ALL, templates: ["18", "sald"] }, sent), false);
  const both = { ...ALL, numbers: ["573005202021"], templates: ["saldo"] };
  assert.equal(wantsEvent(both, sent), false, "filters narrow one another");
});

test("a message without a template is kept from who wants certain templates", () => {
  const reply = { kind: "reply" as const, officialNumber: "573005202020", template: null };
  assert.equal(wantsEvent({ ...ALL, templates: ["saldo"] }, reply), false);
  assert.equal(wantsEvent({ ...ALL, numbers: ["573005202020"] }, reply), true);
  const lost = { ...reply, officialNumber: null };
  assert.equal(wantsEvent({ ...ALL, numbers: ["573005202020"] }, lost), false);
});

test("an event about the account is judged by number and template only where it has them", () => {
  const wanted = { events: ["endpoint.*" as const], numbers: ["1"], templates: ["saldo"] };
  assert.equal(wantsEvent(wanted, { kind: "endpoint.disabled" }), true);
  assert.equal(wantsEvent(wanted, { kind: "endpoint.disabled", officialNumber: "2" }), false);
  assert.equal(wantsEvent(wanted, { kind: "endpoint.disabled", template: OURS.template }), true);
});
