import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createIdMaker } from "../platform/ids.ts";
import { buildAccount } from "../testkit/build-account.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { holdRestored } from "./restored-messages.ts";

let database: TestDatabase;
before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

test("what waited for money, mails and answers may have left before the restore: none of them leaves again", async () => {
  const account = await buildAccount(database.pool);
  const { accountId, projectId, channelId } = account;
  const ids = createIdMaker();
  const at = new Date();
  const id = () => ids.next(at.getTime());
  await database.pool.query(
    `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind, source,
       status, lane, due_at, deadline_at, accepted_at)
     values ($1, $2, 'out', $3, $4, '573001234567', 'utility', 'text', 'v1', 'held', 'held', $5, $5, now())`,
    [accountId, id(), projectId, channelId, new Date(at.getTime() + 86_400_000)],
  );
  for (const state of ["pending", "sending", "sent"]) {
    await database.pool.query(
      `insert into mail_outbox (account_id, id, recipient, subject, body, state, due_at, created_at)
       values ($1, $2, 'a@example.com', 's', 'b', $3, now(), now())`,
      [accountId, id(), state],
    );
  }
  await database.pool.query(
    `insert into opt_out_replies (account_id, id, project_id, mobile, body, due_at)
     values ($1, $2, $3, '573001234567', 'adiós', now())`,
    [accountId, id(), projectId],
  );

  const held = await holdRestored(database.pool, { at, until: at, giveUpCallsAt: at });

  assert.deepEqual(held, { held: 0, unknown: 0 });
  const read = async (query: string) => (await database.pool.query(query)).rows;
  assert.deepEqual(await read("select lane, due_at from messages"), [{ lane: "held", due_at: at }]);
  assert.deepEqual(await read("select state from mail_outbox order by id"), [
    { state: "failed" },
    { state: "failed" },
    { state: "sent" },
  ]);
  assert.deepEqual(await read("select from opt_out_replies"), []);
});
