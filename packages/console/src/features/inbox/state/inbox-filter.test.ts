import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationRow } from "@recado/contract/console/inbox";
import { type InboxFilter, listRows } from "./inbox-filter.ts";

const row = (id: string, about: Partial<ConversationRow> = {}) =>
  ({
    ...{ id, state: "open", assignee_id: null, team_id: null, label_ids: [], channel_id: "n" },
    ...{ unread: 0, waiting_since: null, last_inbound_at: `2026-11-22T10:0${id}:00Z` },
    ...about,
  }) as ConversationRow;
const list = (rows: ConversationRow[], filter: InboxFilter, last: ConversationRow | null = null) =>
  listRows(rows, filter, { me: "me", mentionIds: new Set(["3"]), horizon: { last } })
    .map(({ id }) => id)
    .join("");

const ROWS = [
  row("1", { assignee_id: "me", label_ids: ["vip"] }),
  row("2", { waiting_since: "2026-11-22T09:30:00Z" }),
  row("3", { waiting_since: "2026-11-22T09:10:00Z", unread: 2 }),
  row("4"),
  row("5", { state: "snoozed" }),
  row("6", { state: "resolved", assignee_id: "me", channel_id: "m" }),
  row("7", { assignee_id: "you", team_id: "sales" }),
];

test("every list holds what it says, in its order", () => {
  const cases: [InboxFilter, string][] = [
    [{ view: "mine" }, "1"],
    [{ view: "queue" }, "324"],
    [{ view: "open" }, "74321"],
    [{ view: "open", unread: "true" }, "3"],
    [{ view: "open", team_id: "sales" }, "7"],
    [{ view: "open", label_id: "vip" }, "1"],
    [{ view: "open", assignee_id: "you" }, "7"],
    [{ view: "snoozed" }, "5"],
    [{ view: "resolved" }, "6"],
    [{ view: "resolved", channel_id: "n" }, ""],
    [{ view: "mentions" }, "3"],
  ];
  for (const [filter, expected] of cases) {
    assert.equal(list(ROWS, filter), expected, JSON.stringify(filter));
  }
});

test("a row behind the last loaded one waits for its page, and comes up when it moves before it", () => {
  const last = ROWS[2] ?? null;
  assert.equal(list(ROWS, { view: "open" }, last), "743");
  const moved = ROWS.with(0, row("1", { last_inbound_at: "2026-11-22T11:00:00Z" }));
  assert.equal(list(moved, { view: "open" }, last), "1743");
});
