import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { mergeContacts, unmergeContact } from "../../contacts/contacts.ts";
import type { BuiltAccount } from "../../testkit/build-account.ts";
import type { Visitor } from "../../testkit/console-server.ts";
import { type InboxDesk, openInboxDesk } from "../../testkit/inbox-desk.ts";

let desk: InboxDesk;
let account: BuiltAccount;
let diego: Visitor;
/** Two telephones that somebody takes for one person's. */
const ANA = "573011110001";
const BETO = "573011110002";

before(async () => {
  desk = await openInboxDesk();
});
beforeEach(async () => {
  account = await desk.account();
  diego = await desk.enter(account, "agent", "Diego");
});
after(() => desk.close());

/** Moves on and answers the new moment, in whole seconds as WhatsApp tells them. */
function later(minutes: number): Date {
  const nowMs = desk.server.deps.clock.now();
  desk.server.pass(minutes * 60_000 - (nowMs % 1_000));
  return new Date(desk.server.deps.clock.now());
}

async function say(mobile: string, text: string, minutes = 10) {
  const at = later(minutes);
  return { at: at.toISOString(), id: await desk.say(account, mobile, { text, at }) };
}

async function heard(id: string) {
  const row = await desk.row(diego, id);
  const { waiting_since, unread, last_inbound_at, window_expires_at, state } = row;
  return { waiting_since, unread, last_inbound_at, window_expires_at, state };
}

/** Takes the two for one, and apart again by the function that is answered. */
async function merge(survivor: string, merged: string): Promise<() => Promise<void>> {
  const { accountId } = account;
  const survivorId = (await desk.row(diego, survivor)).contact.id;
  const mergedId = (await desk.row(diego, merged)).contact.id;
  await mergeContacts(desk.server.deps, { accountId, survivorId, mergedId });
  return async () => {
    await unmergeContact(desk.server.deps, { accountId, id: mergedId });
  };
}

describe("a merge that is undone gives back to each", () => {
  test("how long it has waited, what is unread and its window, whoever survived", async () => {
    for (const anaSurvives of [true, false]) {
      account = await desk.account();
      diego = await desk.enter(account, "agent", "Diego");
      const ana = (await say(ANA, "hola")).id;
      await say(ANA, "¿hay alguien?");
      const beto = (await say(BETO, "buenas")).id;
      const before = [await heard(ana), await heard(beto)];
      const undo = anaSurvives ? await merge(ana, beto) : await merge(beto, ana);
      assert.equal((await heard(anaSurvives ? ana : beto)).unread, 3);
      later(5);
      await undo();
      assert.deepEqual([await heard(ana), await heard(beto)], before);
    }
  });

  test("what its own person wrote meanwhile", async () => {
    const ana = await say(ANA, "hola");
    const beto = await say(BETO, "buenas");
    await desk.compose(diego, ana.id, { text: "Dígame, Ana" });
    const undo = await merge(ana.id, beto.id);
    const again = await say(ANA, "una cosa más");
    await undo();
    const [hers, his] = [await heard(ana.id), await heard(beto.id)];
    assert.deepEqual([hers.waiting_since, hers.last_inbound_at], [again.at, again.at]);
    assert.deepEqual([his.waiting_since, his.last_inbound_at], [beto.at, beto.at]);
    assert.deepEqual([hers.unread, his.unread], [2, 1]);
  });

  test("no waiting that was ended by an answer, but what was asked after it", async () => {
    const ana = await say(ANA, "hola");
    const beto = await say(BETO, "buenas");
    const undo = await merge(ana.id, beto.id);
    later(1);
    assert.equal((await desk.compose(diego, ana.id, { text: "Aquí estoy" })).status, 202);
    await desk.act(diego, `${ana.id}/read`);
    const again = await say(BETO, "¿y lo mío?");
    await undo();
    const [hers, his] = [await heard(ana.id), await heard(beto.id)];
    assert.deepEqual([hers.waiting_since, his.waiting_since], [null, again.at]);
    assert.deepEqual([hers.unread, his.unread], [0, 1]);
    assert.equal(hers.last_inbound_at, ana.at);
  });

  test("nothing of what was never joined", async () => {
    const ana = await say(ANA, "hola");
    await desk.act(diego, `${ana.id}/resolve`);
    const beto = await say(BETO, "buenas");
    const before = await heard(beto.id);
    const undo = await merge(ana.id, beto.id);
    assert.deepEqual(await heard(beto.id), before);
    await undo();
    assert.deepEqual(await heard(beto.id), before);
    assert.equal((await heard(ana.id)).state, "resolved");
  });
});
