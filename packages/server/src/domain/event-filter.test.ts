import assert from "node:assert/strict";
import { test } from "node:test";
import { ACCOUNT_EVENTS, EVENT_FILTERS, WEBHOOK_EVENTS } from "@recado/contract/webhook-payloads";
import { wantsEvent } from "./event-filter.ts";

test("an endpoint that says nothing gets the five of messages and nothing else", () => {
  for (const kind of WEBHOOK_EVENTS) assert.equal(wantsEvent({ events: null }, { kind }), true);
  for (const kind of ACCOUNT_EVENTS) assert.equal(wantsEvent({ events: null }, { kind }), false);
});

test("an endpoint gets what it names, alone or by family, and no other", () => {
  assert.equal(wantsEvent({ events: ["sent"] }, { kind: "sent" }), true);
  assert.equal(wantsEvent({ events: ["sent"] }, { kind: "read" }), false);
  assert.equal(wantsEvent({ events: ["endpoint.disabled"] }, { kind: "endpoint.disabled" }), true);
  assert.equal(wantsEvent({ events: ["endpoint.*"] }, { kind: "endpoint.disabled" }), true);
  assert.equal(wantsEvent({ events: ["template.*"] }, { kind: "endpoint.disabled" }), false);
  assert.equal(wantsEvent({ events: ["endpoint.*"] }, { kind: "sent" }), false);
});

test("every event has a name of its own and can be named in a filter", () => {
  assert.equal(new Set(EVENT_FILTERS).size, EVENT_FILTERS.length);
  for (const kind of ACCOUNT_EVENTS) assert.match(kind, /^[a-z]+\.[a-z][a-z-]*$/u);
});
