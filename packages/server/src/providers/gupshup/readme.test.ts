import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { NOTICE_EVENTS } from "./receive.ts";
import { INNER_READERS } from "./receive-message.ts";
import { MESSAGE_NOTICES, MESSAGE_STATUSES } from "./receive-message-event.ts";

const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");

/** What the README says yes or partial to, in one of its tables. */
function supported(table: string): string[] {
  const rows = readme.matchAll(
    new RegExp(`^\\| \`${table}:([^\`]+)\`\\s+\\| (?:yes|partial)\\s+\\|`, "gmu"),
  );
  return [...rows].map((row) => row[1] ?? "").sort();
}

it("the README lists the types of message that are read, no more and no fewer", () => {
  assert.deepEqual(supported("in"), Object.keys(INNER_READERS).sort());
});

it("the README lists the statuses that are read, no more and no fewer", () => {
  assert.deepEqual(
    supported("status"),
    [...MESSAGE_STATUSES, ...MESSAGE_NOTICES, "deleted", "late"].sort(),
  );
});

it("the README lists the callbacks that are read, no more and no fewer", () => {
  assert.deepEqual(supported("event"), [...NOTICE_EVENTS, "template-event"].sort());
});
