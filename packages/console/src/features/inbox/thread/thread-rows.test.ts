import assert from "node:assert/strict";
import { test } from "node:test";
import type { ThreadItem } from "@recado/contract/console/inbox-thread";
import type { OutgoingMessage } from "../state/desk.ts";
import { findUnreadFrom, layOutThread, type ThreadRow } from "./thread-rows.ts";

const said = (id: string, at: string, about: object = {}) =>
  ({
    ...{ type: "message", id, at: `2026-11-${at}:00Z`, direction: "in", author: "person" },
    ...{ author_id: null, kind: "text", content: null },
    ...about,
  }) as ThreadItem;
const dayOf = (at: string) => at.slice(0, 10);
const draw = (rows: ThreadRow[]) =>
  rows.map((row) =>
    row.kind === "item" || row.kind === "outgoing"
      ? `${row.key}${row.isFirst ? "!" : ""}`
      : row.kind,
  );

test("days part a thread, and a run begins anew with another author, a pause or a day", () => {
  const items = [
    said("a", "21T10:00"),
    said("b", "21T10:04"),
    said("c", "21T10:10"),
    said("d", "21T10:11", { direction: "out", author: "agent", author_id: "u" }),
    said("e", "22T10:11", { direction: "out", author: "agent", author_id: "u" }),
  ];
  assert.deepEqual(draw(layOutThread(items, [], { dayOf })), [
    ...["day", "a!", "b", "c!", "d!", "day", "e!"],
  ]);
});

test("reactions and edits are not bubbles of their own", () => {
  const items = [said("a", "21T10:00"), said("b", "21T10:01", { kind: "reaction" })];
  assert.deepEqual(draw(layOutThread(items, [], { dayOf })), ["day", "a!"]);
});

test("what was sent stands at the end until its own row is there, and never twice", () => {
  const outgoing = [
    { key: "k1", at: "2026-11-21T10:02:00Z", messageId: "b" },
    { key: "k2", at: "2026-11-21T10:03:00Z", messageId: null },
  ] as OutgoingMessage[];
  const before = layOutThread([said("a", "21T10:00")], outgoing, { dayOf });
  assert.deepEqual(draw(before), ["day", "a!", "k1!", "k2"]);
  const after = layOutThread([said("a", "21T10:00"), said("b", "21T10:02")], outgoing, { dayOf });
  assert.deepEqual(draw(after), ["day", "a!", "b", "k2!"]);
});

test("the mark of what is new stands before the first unread message of the person", () => {
  const items = [
    said("a", "21T10:00"),
    said("b", "21T10:01"),
    said("c", "21T10:02", { direction: "out", author: "agent" }),
    said("d", "21T10:03"),
  ];
  assert.equal(findUnreadFrom(items, 0), null);
  assert.equal(findUnreadFrom(items, 2), "b");
  assert.equal(findUnreadFrom(items, 9), "a");
  const rows = layOutThread(items, [], { dayOf, unreadFrom: "d" });
  assert.deepEqual(draw(rows), ["day", "a!", "b", "c!", "unread", "d!"]);
});
