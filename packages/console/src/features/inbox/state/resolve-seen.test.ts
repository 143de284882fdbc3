import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationRow } from "@recado/contract/console/inbox";
import { hasUnseenWord } from "./resolve-seen.ts";

const END = { kind: "text", preview: "", status: "", at: "2026-03-01T10:00:00.000Z" };
const SEEN = {
  ...{ revision: 3, unread: 0, last_inbound_at: "2026-03-01T10:00:00.000Z" },
  last_message: { ...END, id: "a", direction: "in" },
} as ConversationRow;

test("a word of the person's is unseen, be it in the same second or answered since", () => {
  assert.ok(hasUnseenWord(SEEN, { ...SEEN, last_inbound_at: "2026-03-01T10:00:01.000Z" }));
  assert.ok(hasUnseenWord(SEEN, { ...SEEN, last_message: { ...END, id: "b", direction: "in" } }));
  assert.ok(hasUnseenWord(SEEN, { ...SEEN, unread: 1 }));
});

test("an own answer, a reading or another's work is no unseen word", () => {
  const answered = { ...SEEN, last_message: { ...END, id: "b", direction: "out" as const } };
  assert.equal(hasUnseenWord(SEEN, { ...answered, revision: 5 }), false);
  assert.equal(hasUnseenWord({ ...SEEN, unread: 2 }, { ...SEEN, assignee_id: "x" }), false);
});
