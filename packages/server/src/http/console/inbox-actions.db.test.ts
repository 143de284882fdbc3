import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { INBOX_OPERATIONS } from "@recado/contract/console/inbox-operations";
import type { ConsoleOperation } from "@recado/contract/console/operation";
import type { BuiltAccount } from "../../testkit/build-account.ts";
import type { Visitor } from "../../testkit/console-server.ts";
import { type InboxDesk, openInboxDesk } from "../../testkit/inbox-desk.ts";

let desk: InboxDesk;
let account: BuiltAccount;
let carla: Visitor;
let diego: Visitor;
let eva: Visitor;

before(async () => {
  desk = await openInboxDesk();
});
beforeEach(async () => {
  account = await desk.account();
  carla = await desk.enter(account, "supervisor", "Carla");
  diego = await desk.enter(account, "agent", "Diego");
  eva = await desk.enter(account, "agent", "Eva");
});
after(() => desk.close());

let numbers = 0;
function newMobile(): string {
  numbers += 1;
  return `5730${String(10_000_000 + numbers)}`;
}
const say = (mobile = newMobile(), text = "hola") => desk.say(account, mobile, text);
const list = async (agent: Visitor, query: string) =>
  (await agent.call("GET", `/inbox/conversations?${query}`)).json;
const idsOf = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);

describe("taking and handing over", () => {
  test("of two who take a conversation at once one gets it, and the other is told who", async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await say();
      const answers = await Promise.all([diego, eva].map((agent) => desk.act(agent, `${id}/take`)));
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409]);
      const won = answers.findIndex(({ status }) => status === 200) === 0 ? diego : eva;
      const lost = answers.find(({ status }) => status === 409);
      assert.equal(lost?.json.code, "taken");
      assert.equal(lost?.json.holder.user_id, won.userId);
      assert.equal((await desk.row(carla, id)).assignee_id, won.userId);
    }
  });

  test("taking what one has is no change, and taking from somebody needs their name", async () => {
    const id = await say();
    await desk.act(diego, `${id}/take`);
    const before = await desk.row(diego, id);
    assert.equal((await desk.act(diego, `${id}/take`)).json.conversation.revision, before.revision);
    assert.equal((await desk.act(eva, `${id}/take`, { from: carla.userId })).status, 409);
    assert.equal((await desk.act(eva, `${id}/take`, { from: diego.userId })).status, 200);
  });

  test("taking while the person writes loses neither", async () => {
    const mobile = newMobile();
    const id = await say(mobile);
    await Promise.all([desk.act(diego, `${id}/take`), say(mobile, "dos"), say(mobile, "tres")]);
    const row = await desk.row(diego, id);
    assert.equal(row.assignee_id, diego.userId);
    assert.equal(row.unread, 3);
  });

  test("resolving what one saw, in the moment in which the person writes, leaves it open with the word in it, whoever is first", async () => {
    const first = { person: 0, agent: 0 };
    const race = async (round: number) => {
      const mobile = newMobile();
      const id = await say(mobile);
      const { revision } = await desk.row(diego, id);
      const resolve = () => desk.act(diego, `${id}/resolve`, { revision });
      const write = () => say(mobile, "espera");
      // Who starts takes turns, and by how much is chance: both orders must come about.
      const later = <T>(work: () => Promise<T>) => sleep(Math.random() * 12).then(work);
      const [resolved, latest] = await (round % 2 === 0
        ? Promise.all([resolve(), later(write)])
        : Promise.all([later(resolve), write()]));
      first[resolved.status === 200 ? "agent" : "person"] += 1;
      if (resolved.status !== 200) assert.equal(resolved.json.code, "conflict", resolved.text);
      const open = (await list(diego, "view=open&limit=100")).items.filter(
        (row: { id: string }) => row.id === id || row.id === latest,
      );
      assert.deepEqual(idsOf({ items: open }), [latest], "one is open, the one that has the word");
      assert.equal(latest === id, resolved.status !== 200);
      assert.equal(open[0].last_message.preview, "espera");
      assert.ok(open[0].unread > 0 && open[0].waiting_since !== null, "it waits for an answer");
    };
    for (let round = 0; round < 24 || (round < 200 && !(first.person && first.agent)); round += 4) {
      await Promise.all([0, 1, 2, 3].map((offset) => race(round + offset)));
    }
    assert.ok(first.person > 0 && first.agent > 0, `it was no race: ${JSON.stringify(first)}`);
  });

  test("a reply and a transfer at once: the reply was first, or is refused with who has it", async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await say();
      await desk.act(diego, `${id}/take`);
      const [reply, moved] = await Promise.all([
        desk.compose(diego, id, { text: "ya le ayudo" }),
        desk.act(carla, `${id}/transfer`, { user_id: eva.userId }),
      ]);
      assert.equal(moved.status, 200, moved.text);
      assert.ok(reply.status === 202 || reply.json.code === "taken", reply.text);
      assert.equal((await desk.row(carla, id)).assignee_id, eva.userId);
      const late = await desk.compose(diego, id, { text: "otra vez yo" });
      assert.equal(late.json.code, "taken");
      assert.equal(late.json.holder.name, "Eva");
    }
  });

  test("a transfer to a team puts it into that queue with its note, and mentions reach people", async () => {
    const made = await carla.call("POST", "/inbox/teams", {
      body: { name: "Cobros", member_ids: [eva.userId] },
    });
    assert.equal(made.status, 201, made.text);
    const id = await say();
    await desk.act(diego, `${id}/take`);
    const answer = await desk.act(diego, `${id}/transfer`, {
      ...{ team_id: made.json.id, note: "pregunta por su factura", mentions: [eva.userId] },
    });
    assert.equal(answer.json.conversation.assignee_id, null);
    assert.deepEqual(idsOf(await list(eva, `view=queue&team_id=${made.json.id}`)), [id]);
    assert.deepEqual(idsOf(await list(eva, "view=mentions")), [id]);
    assert.equal((await eva.call("GET", "/inbox/state")).json.mentions, 1);
    await desk.act(eva, `${id}/read`);
    assert.deepEqual(idsOf(await list(eva, "view=mentions")), []);
    const kinds = (await desk.thread(eva, id)).map((item: { type: string }) => item.type);
    assert.ok(kinds.includes("note") && kinds.includes("event"));
    assert.equal((await carla.call("DELETE", `/inbox/teams/${made.json.id}`)).status, 204);
    assert.equal((await desk.row(eva, id)).team_id, null);
  });

  test("refuses people who are not of the account, stale revisions and resolved conversations", async () => {
    const other = await desk.account();
    const stranger = await desk.enter(other, "agent", "Nadie");
    const id = await say();
    const { userId } = stranger;
    for (const [what, body] of [
      ["assign", { user_id: userId }],
      ["transfer", { user_id: userId }],
      ["notes", { text: "hola", mentions: [userId] }],
    ] as const) {
      assert.equal((await desk.act(carla, `${id}/${what}`, body)).status, 400, what);
    }
    const stale = { user_id: diego.userId, revision: 0 };
    assert.equal((await desk.act(carla, `${id}/assign`, stale)).json.code, "conflict");
    await desk.act(carla, `${id}/resolve`);
    assert.equal((await desk.act(diego, `${id}/take`)).json.code, "conflict");
    assert.equal((await desk.act(carla, `${id}/reopen`)).status, 200);
  });
});

describe("lists", () => {
  test("the queue has who waits longest first, and the others who wrote last; pages neither miss nor repeat", async () => {
    const ids: string[] = [];
    for (let person = 0; person < 7; person += 1) {
      ids.push(await say());
      desk.server.pass(1_000);
    }
    for (const [view, order] of [
      ["queue", ids],
      ["open", ids.toReversed()],
    ] as const) {
      const seen: string[] = [];
      let cursor = "";
      do {
        const page = await list(diego, `view=${view}&limit=3${cursor}`);
        seen.push(...idsOf(page));
        cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : "";
      } while (cursor !== "");
      assert.deepEqual(seen, order, view);
    }
    const queue = await list(diego, "view=queue&limit=3");
    const other = await diego.call(
      "GET",
      `/inbox/conversations?view=open&cursor=${queue.next_cursor}`,
    );
    assert.equal(other.status, 400);
  });

  test("whoever has an answer waits no more, and waits again from their next word on", async () => {
    const mobile = newMobile();
    const id = await say(mobile);
    assert.notEqual((await desk.row(diego, id)).waiting_since, null);
    desk.server.pass(1_000);
    const sent = await desk.compose(diego, id, { text: "dígame" });
    assert.equal(sent.json.conversation.waiting_since, null, sent.text);
    assert.equal(sent.json.conversation.assignee_id, diego.userId);
    assert.deepEqual(idsOf(await list(diego, "view=mine")), [id]);
    desk.server.pass(2_000);
    await say(mobile, "gracias");
    assert.notEqual((await desk.row(diego, id)).waiting_since, null);
  });

  test("labels, channels, teams and counts agree", async () => {
    const [first, second] = [await say(), await say()];
    const label = await carla.call("POST", "/inbox/labels", {
      body: { name: "VIP", color: "blue" },
    });
    const labelId: string = label.json.id;
    const put = await diego.call("PUT", `/inbox/conversations/${first}/labels`, {
      body: { label_ids: [labelId] },
    });
    assert.deepEqual(put.json.conversation.label_ids, [labelId]);
    assert.deepEqual(idsOf(await list(diego, `label_id=${labelId}`)), [first]);
    assert.deepEqual(idsOf(await list(diego, `channel_id=${account.channelId}`)).length, 2);
    await desk.act(diego, `${second}/take`);
    const counts = (await diego.call("GET", "/inbox/counts")).json;
    assert.equal(counts.open, 2);
    assert.equal(counts.queue, 1);
    assert.deepEqual(counts.assignees, { [diego.userId]: 1 });
    assert.deepEqual(counts.labels, { [labelId]: 1 });
    const twin = await carla.call("POST", "/inbox/labels", { body: { name: "VIP", color: "red" } });
    assert.equal(twin.json.code, "conflict");
    assert.equal((await carla.call("DELETE", `/inbox/labels/${labelId}`)).status, 204);
    assert.deepEqual((await desk.row(diego, first)).label_ids, []);
  });

  test("one action on many answers for each", async () => {
    const [first, second] = [await say(), await say()];
    await desk.act(eva, `${second}/take`);
    const body = { conversation_ids: [first, second, randomUUID()], action: { type: "take" } };
    const { json } = await diego.call("POST", "/inbox/bulk", { body });
    assert.equal(json.done, 1);
    const codes = json.answers.map(({ code }: { code: string | null }) => code);
    assert.deepEqual(codes, [null, "taken", "not_found"]);
  });

  test("many are resolved as they were seen: where the person has written since, it is refused", async () => {
    const [quiet, written, unseen] = [await say(), await say(), await say()];
    const revisions: Record<string, number> = {};
    for (const id of [quiet, written]) revisions[id] = (await desk.row(diego, id)).revision;
    const [{ contact }] = [await desk.row(diego, written)];
    await desk.say(account, contact.mobile, "¡espere!");
    const body = {
      ...{ conversation_ids: [quiet, written, unseen], action: { type: "resolve" } },
      revisions,
    };
    const { json } = await diego.call("POST", "/inbox/bulk", { body });
    assert.equal(json.done, 2);
    const answers: { code: string | null; conversation: { state: string } }[] = json.answers;
    assert.deepEqual(
      answers.map(({ code, conversation }) => `${code} ${conversation.state}`),
      ["null resolved", "conflict open", "null resolved"],
    );
    const strange = { ...body, revisions: { [randomUUID()]: 1 } };
    for (const wrong of [strange, { ...body, revisions: { x: 1 } }, { ...body, revisions: [] }]) {
      assert.equal((await diego.call("POST", "/inbox/bulk", { body: wrong })).status, 400);
    }
  });
});

describe("notes, drafts and canned replies", () => {
  test("a note under the same key is the same note; only its author changes it, only they or a supervisor delete it", async () => {
    const id = await say();
    const note = { key: randomUUID(), text: "revisar el pago", mentions: [eva.userId] };
    const answers = await Promise.all([1, 2, 3].map(() => desk.act(diego, `${id}/notes`, note)));
    assert.equal(new Set(answers.map(({ json }) => json.id)).size, 1);
    const noteId: string = answers[0]?.json.id;
    const change = { body: { text: "ya está", mentions: [] } };
    assert.equal((await eva.call("PATCH", `/inbox/notes/${noteId}`, change)).status, 403);
    assert.equal(
      (await diego.call("PATCH", `/inbox/notes/${noteId}`, change)).json.text,
      "ya está",
    );
    assert.equal((await eva.call("DELETE", `/inbox/notes/${noteId}`)).status, 403);
    assert.equal((await carla.call("DELETE", `/inbox/notes/${noteId}`)).status, 204);
    assert.equal((await diego.call("PATCH", `/inbox/notes/${noteId}`, change)).status, 404);
    const items = await desk.thread(diego, id);
    assert.equal(items.filter((item: { type: string }) => item.type === "note").length, 1);
    assert.ok(!JSON.stringify(items).includes("ya está"));
  });

  test("a draft is of one person, and goes when it is sent", async () => {
    const id = await say();
    const path = `/inbox/conversations/${id}/draft`;
    await diego.call("PUT", path, { body: { text: "Buenas tar" } });
    assert.equal((await diego.call("GET", path)).json.draft.text, "Buenas tar");
    assert.equal((await eva.call("GET", path)).json.draft, null);
    assert.deepEqual((await diego.call("GET", "/inbox/state")).json.draft_ids, [id]);
    await desk.compose(diego, id, { text: "Buenas tardes" });
    assert.equal((await diego.call("GET", path)).json.draft, null);
  });

  test("canned replies are the account's or one person's, and a shortcut is taken once in each place", async () => {
    const body = { shortcut: "hola", text: "Hola, {contact.name}" };
    const path = "/inbox/canned-replies";
    assert.equal((await diego.call("POST", path, { body })).status, 403);
    const shared = await carla.call("POST", path, { body });
    assert.equal(shared.status, 201, shared.text);
    const own = await diego.call("POST", path, { body: { ...body, personal: true } });
    assert.equal(own.status, 201, own.text);
    const twin = await diego.call("POST", path, {
      body: { ...body, shortcut: "HOLA", personal: true },
    });
    assert.equal(twin.json.code, "conflict");
    assert.equal((await eva.call("DELETE", `${path}/${own.json.id}`)).status, 404);
    assert.equal((await eva.call("GET", "/inbox/state")).json.canned_replies.length, 1);
    assert.equal((await diego.call("GET", "/inbox/state")).json.canned_replies.length, 2);
  });
});

test("no call shows or changes anything of another account, and an id of theirs is as good as none", async () => {
  const other = await desk.account();
  const stranger = await desk.enter(other, "owner", "Otra");
  const id = await desk.say(other, newMobile(), "privado");
  const note = await desk.act(stranger, `${id}/notes`, { text: "privada" });
  const sent = await desk.compose(stranger, id, { text: "hola" });
  const team = await stranger.call("POST", "/inbox/teams", { body: { name: "T", member_ids: [] } });
  const label = await stranger.call("POST", "/inbox/labels", { body: { name: "L", color: "red" } });
  const canned = await stranger.call("POST", "/inbox/canned-replies", {
    body: { shortcut: "x", text: "y" },
  });
  const ids: Record<string, string> = {
    ...{ conversations: id, notes: note.json.id, messages: sent.json.message.id },
    ...{ teams: team.json.id, labels: label.json.id, "canned-replies": canned.json.id },
  };
  const bodies: Record<string, unknown> = {
    ...{ assignConversation: { user_id: null }, snoozeConversation: { until: null } },
    ...{ transferConversation: { team_id: null }, labelConversation: { label_ids: [] } },
    ...{ addNote: { text: "x" }, changeNote: { text: "x" }, saveDraft: { text: "x" } },
    ...{ composeMessage: { text: "x" } },
  };
  const owner = await desk.enter(account, "owner", "Dueña");
  const operations: ConsoleOperation[] = Object.values(INBOX_OPERATIONS);
  const named = operations.filter(({ path }) => path.includes(":id"));
  assert.ok(named.length >= 20);
  for (const operation of named) {
    const body = operation.method === "GET" ? undefined : (bodies[operation.id] ?? {});
    const call = (of: string) =>
      owner.call(operation.method, operation.path.replace(":id", of), {
        body,
        headers: { "idempotency-key": "12345678" },
      });
    const theirs = await call(ids[operation.path.split("/")[2] ?? ""] ?? "");
    const nobodys = await call("019abcde-0000-7000-8000-000000000000");
    assert.equal(theirs.text, nobodys.text, operation.id);
    // What is left of nobody's composer is nothing, whoever's conversation it is.
    const quiet = operation.id === "leaveComposer";
    assert.equal(theirs.status, quiet ? 204 : 404, `${operation.id} ${theirs.text}`);
  }
  for (const query of ["view=open", `view=open&channel_id=${other.channelId}`, "view=queue"]) {
    assert.deepEqual(idsOf(await list(owner, query)), [], query);
  }
  const bulk = { conversation_ids: [id], action: { type: "resolve" } };
  assert.equal((await owner.call("POST", "/inbox/bulk", { body: bulk })).json.done, 0);
  assert.equal((await desk.row(stranger, id)).state, "open");
  assert.ok(!(await owner.call("GET", "/inbox/state")).text.includes(stranger.userId));
});
