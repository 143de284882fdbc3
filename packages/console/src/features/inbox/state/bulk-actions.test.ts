import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { ConversationRow } from "@recado/contract/console/inbox";
import { changeMany } from "./bulk-actions.ts";

const END = { kind: "text", preview: "", status: "", at: "2026-03-01T10:00:00.000Z" };
const row = (id: string, more: Partial<ConversationRow> = {}) =>
  ({
    ...{ id, revision: 3, unread: 0, state: "open", last_inbound_at: "2026-03-01T10:00:00.000Z" },
    contact: { id: `c${id}`, name: id, mobile: null, address: null },
    last_message: { ...END, id: `m${id}`, direction: "in" },
    ...more,
  }) as ConversationRow;

interface Asked {
  conversation_ids: string[];
  revisions: Record<string, number>;
}

const asked: Asked[] = [];
const real = globalThis.fetch;
after(() => {
  globalThis.fetch = real;
});

/** A server that has these, and refuses what was not seen in the revision that they have. */
function serve(now: ConversationRow[], onAsk = () => {}): void {
  asked.length = 0;
  globalThis.fetch = async (_url, init) => {
    const body = JSON.parse(String(init?.body)) as Asked;
    asked.push(body);
    const answers = body.conversation_ids.map((id) => {
      const conversation = now.find((one) => one.id === id) ?? null;
      const wanted = body.revisions[id] ?? conversation?.revision;
      const code = conversation === null ? "not_found" : "conflict";
      const ok = conversation !== null && conversation.revision === wanted;
      const shown = ok ? { ...conversation, state: "resolved" } : conversation;
      return { conversation_id: id, ok, conversation: shown, code: ok ? null : code, detail: null };
    });
    onAsk();
    const done = answers.filter(({ ok }) => ok).length;
    return Response.json({ done, answers });
  };
}

test("whoever wrote since they were ticked is left open and named; any other change is no reason", async () => {
  const wrote = row("ana", { revision: 5, unread: 1 });
  const labelled = row("beto", { revision: 4, label_ids: ["x"] });
  serve([wrote, labelled, row("caro")]);
  const outcome = await changeMany([row("ana"), row("beto"), row("caro"), row("gone")], {
    type: "resolve",
  });
  assert.equal(outcome.done, 2);
  const refused = outcome.refused.map(({ conversation, why }) => `${conversation.id} ${why}`);
  assert.deepEqual(refused, ["ana wrote", "gone not_found"]);
  assert.deepEqual(
    asked.map(({ revisions }) => revisions),
    [{ ana: 3, beto: 3, caro: 3, gone: 3 }, { beto: 4 }],
  );
});

test("a word between looking again and resolving leaves it open too", async () => {
  const now = [row("beto", { revision: 4 })];
  serve(now, () => {
    now[0] = row("beto", { revision: 6, unread: 1 });
  });
  const { done, refused } = await changeMany([row("beto")], { type: "resolve" });
  assert.deepEqual([done, refused[0]?.why], [0, "wrote"]);
});

test("other actions ask for no revision", async () => {
  serve([row("ana", { revision: 9 })]);
  const { done } = await changeMany([row("ana")], { type: "read" });
  assert.deepEqual([done, asked[0]?.revisions], [1, {}]);
});
