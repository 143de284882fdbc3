import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { type InboxFilter, planInboxList } from "./inbox-rows.ts";

let database: TestDatabase;
const accountId = randomUUID();

before(async () => {
  database = await openTestDatabase();
  // Most are resolved, some are somebody's, some a team's: as an account looks after a year.
  await database.pool.query(
    `insert into conversations (account_id, id, contact_id, channel_id, project_id, state, opened_at, last_inbound_at,
       last_inbound_id, window_expires_at, assignee_id, team_id, updated_at)
     select $1, gen_random_uuid(), gen_random_uuid(), $1, $1,
       case when n % 20 = 0 then 'open' when n % 20 = 1 then 'snoozed' else 'resolved' end, now(),
       now() - n * interval '1 minute', gen_random_uuid(), now(),
       case when n % 40 = 0 then gen_random_uuid() end, case when n % 100 = 0 then gen_random_uuid() end, now()
     from generate_series(1, 4000) n`,
    [accountId],
  );
  await database.pool.query("analyze conversations");
});
after(() => database.close());

const place = { at: "2026-11-22T15:00:00.000Z", id: randomUUID() };

test("every view is read in the order of an index, however many conversations there are", async () => {
  const filter = {
    ...{ accountId, userId: randomUUID(), assigneeId: null, teamId: null },
    ...{ labelId: null, channelId: null, projectId: null, unread: false },
  };
  const indexes: [InboxFilter["view"], Partial<InboxFilter>, RegExp][] = [
    ["mine", {}, /conversations_mine/u],
    ["queue", {}, /conversations_queue/u],
    ["open", {}, /conversations_state/u],
    ["open", { teamId: randomUUID() }, /conversations_team/u],
    ["snoozed", {}, /conversations_state/u],
    // Nearly all are: then any list by time is one of them.
    ["resolved", {}, /conversations_(?:state|activity)/u],
    ["mentions", {}, /mentions_newest/u],
    ["open", { labelId: randomUUID() }, /conversation_labels_pkey/u],
  ];
  for (const [view, more, index] of indexes) {
    for (const after of [null, place]) {
      const { text, values } = planInboxList({ ...filter, ...more, view }, { after, limit: 51 });
      const { rows } = await database.pool.query(`explain ${text}`, values);
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      assert.match(plan, index, `${view}\n${plan}`);
      assert.doesNotMatch(plan, /Seq Scan on conversations/u, `${view}\n${plan}`);
      // What is sorted is a page at most; a label's conversations are few beside all.
      const inner = plan.slice(plan.indexOf("Limit"), plan.indexOf("contacts_pkey"));
      const isLabelled = "labelId" in more;
      assert.equal(
        / Sort /u.test(inner) && !/Incremental/u.test(inner),
        isLabelled,
        `${view}\n${plan}`,
      );
    }
  }
});
