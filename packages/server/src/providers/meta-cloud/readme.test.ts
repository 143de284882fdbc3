import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { ERROR_CODES } from "../cloud-wire/error-codes.ts";
import { MESSAGE_READERS } from "../cloud-wire/message-readers.ts";
import { ACCOUNT_FIELDS } from "../cloud-wire/receive-account.ts";
import { SPECIAL_READERS } from "../cloud-wire/receive-message.ts";
import { MESSAGE_STATUSES } from "../cloud-wire/receive-status.ts";
import { TEMPLATE_FIELDS } from "../cloud-wire/receive-template.ts";

const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");

/** What the README says yes or partial to, in one of its tables. */
function supported(table: string): string[] {
  const rows = readme.matchAll(
    new RegExp(`^\\| \`${table}:([^\`]+)\`\\s+\\| (?:yes|partial)\\s+\\|`, "gmu"),
  );
  return [...rows].map((row) => row[1] ?? "").sort();
}

it("the README lists the types of message that are read, no more and no fewer", () => {
  assert.deepEqual(
    supported("in"),
    [...Object.keys(MESSAGE_READERS), ...Object.keys(SPECIAL_READERS)].sort(),
  );
});

it("the README lists the statuses that are read, no more and no fewer", () => {
  assert.deepEqual(supported("status"), Object.keys(MESSAGE_STATUSES).sort());
});

it("the README lists the fields that are read, no more and no fewer", () => {
  const read = ["messages", ...Object.keys(TEMPLATE_FIELDS), ...ACCOUNT_FIELDS];
  assert.deepEqual(supported("field"), read.sort());
});

it("the README lists what errors can be about, no more and no fewer", () => {
  const scopes = new Set([...ERROR_CODES.values()].map(({ scope }) => scope));
  assert.deepEqual(supported("error"), [...scopes].sort());
});
