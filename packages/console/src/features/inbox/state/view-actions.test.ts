import assert from "node:assert/strict";
import { test } from "node:test";
import type { InboxFilter } from "./inbox-filter.ts";
import { findView, type SavedView } from "./view-actions.ts";

const view = (id: string, filter: InboxFilter) => ({ id, name: id, filter }) as SavedView;
const UNREAD: InboxFilter = { view: "queue", unread: "true" };
const views = [view("a", UNREAD), view("b", { ...UNREAD }), view("plain", { view: "mine" })];
const shown = (filter: InboxFilter, savedId: string | null) => findView(views, filter, savedId)?.id;

test("of two views with the same filter the one that was chosen is looked at, and no other", () => {
  assert.equal(shown(UNREAD, "b"), "b");
  assert.equal(shown(UNREAD, "a"), "a");
  assert.equal(shown(UNREAD, null), "a");
  assert.equal(shown(UNREAD, "gone"), "a");
});

test("a view is not looked at any more once the list is narrowed otherwise", () => {
  assert.equal(shown({ view: "queue" }, "b"), undefined);
  assert.equal(shown({ ...UNREAD, label_id: "x" }, "b"), undefined);
});

test("what has a place of its own in the first column is that, unless the view was chosen", () => {
  assert.equal(shown({ view: "mine" }, null), undefined);
  assert.equal(shown({ view: "mine" }, "plain"), "plain");
  assert.equal(shown({ view: "mine", unread: undefined }, null), undefined);
  const team = view("team", { view: "open", team_id: "t" });
  assert.equal(findView([team], team.filter, null), undefined);
  assert.equal(findView([team], team.filter, "team"), team);
});
