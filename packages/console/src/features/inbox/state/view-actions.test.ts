import assert from "node:assert/strict";
import { test } from "node:test";
import type { InboxFilter } from "./inbox-filter.ts";
import { findNeighbour, findView, type SavedView } from "./view-actions.ts";

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

test("a view has its neighbours among those of its owner alone, and none beyond the ends", () => {
  const owned = (id: string, owner_id: string | null) => ({ ...view(id, UNREAD), owner_id });
  const [all, mine, last] = [owned("all", null), owned("mine", "me"), owned("last", "me")];
  const next = (of: SavedView, step: -1 | 1) => findNeighbour([all, mine, last], of, step)?.id;
  assert.equal(next(mine, 1), "last");
  assert.equal(next(last, -1), "mine");
  assert.equal(next(mine, -1), undefined);
  assert.equal(next(last, 1), undefined);
  assert.equal(next(all, 1), undefined);
  assert.equal(next(owned("gone", "me"), 1), undefined);
});
