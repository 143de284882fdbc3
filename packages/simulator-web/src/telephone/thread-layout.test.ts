import assert from "node:assert/strict";
import { test } from "node:test";
import type { ThreadItem } from "@recado/contract/simulator-api";
import type { ThreadEntry } from "../state/page-state.ts";
import { daysAgo, layOutThread } from "./thread-layout.ts";

test("each day is announced once, and each run of one side has one tail", () => {
  const rows = layOutThread(
    [
      entry("a", "in", "2026-11-21T10:00"),
      entry("b", "in", "2026-11-21T11:00"),
      entry("c", "out", "2026-11-21T12:00"),
      entry("d", "out", "2026-11-22T09:00"),
    ],
    (at) => at.slice(0, 10),
  );
  const sketch = rows.map((row) => (row.kind === "day" ? "|" : row.key + (row.tail ? "<" : "")));
  assert.equal(sketch.join(" "), "| a< b c< | d<");
});

test("yesterday begins at midnight, not 24 hours ago", () => {
  const now = new Date(2026, 10, 22, 0, 5);
  assert.equal(daysAgo(new Date(2026, 10, 21, 23, 59).toISOString(), now), 1);
  assert.equal(daysAgo(new Date(2026, 10, 22, 0, 1).toISOString(), now), 0);
  assert.equal(daysAgo(new Date(2026, 10, 20, 23, 59).toISOString(), now), 2);
});

function entry(id: string, direction: ThreadItem["direction"], at: string): ThreadEntry {
  const item: ThreadItem = {
    id,
    mobile: "1",
    official: "2",
    direction,
    type: "text",
    header: null,
    body: "",
    footer: null,
    buttons: [],
    list: null,
    media: null,
    replyTo: null,
    reaction: null,
    status: "sent",
    at,
  };
  return { item, seq: 0, fresh: false, seen: false };
}
