import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import { startV1Server, type V1Server } from "../../testkit/v1-server.ts";
import { topUp } from "../../wallet/topup.ts";

let server: V1Server;
let owner: BuiltAccount & { api: string };

before(async () => {
  server = await startV1Server();
  const account = await buildAccount(server.database.pool);
  owner = { ...account, api: await server.token({ accountId: account.accountId }) };
});
after(() => server.close());

const get = (path: string) => server.call("GET", path, { token: owner.api });

test("templates tell their text, their variables' names and their state, and can be asked for by it", async () => {
  const { json } = await get("/templates?limit=500");
  const byName = new Map<string, Record<string, unknown>>(
    json.items.map((item: { name: string }) => [item.name, item]),
  );
  assert.equal(byName.get("three")?.id, owner.templates.three);
  assert.deepEqual(byName.get("three")?.variables, [
    { name: "1", part: "body" },
    { name: "2", part: "body" },
    { name: "3", part: "body" },
  ]);
  const paused = await get("/templates?status=paused");
  assert.deepEqual(
    paused.json.items.map((item: { name: string }) => item.name),
    ["paused"],
  );
});

test("the statement has every movement once, page after page, and no cell that a spreadsheet would run", async () => {
  const { accountId } = owner;
  for (let number = 0; number < 5; number += 1) {
    const topup = { accountId, amount: 12_500n, note: "", createdBy: null };
    await topUp(server.deps, { ...topup, reference: `=HYPERLINK("x,${number}")` });
  }
  const since = new Date(server.deps.clock.now() - 60_000).toISOString();
  const pages: unknown[] = [];
  let cursor = "";
  do {
    const { json } = await get(`/ledger?limit=2&since=${since}${cursor}`);
    pages.push(...json.items);
    cursor = json.next_cursor === null ? "" : `&cursor=${json.next_cursor}`;
  } while (cursor !== "");
  const statement = await get(`/ledger.csv?since=${since}`);
  assert.match(statement.headers.get("content-type") ?? "", /^text\/csv/u);
  const [head, ...lines] = statement.text.trimEnd().split("\r\n");
  assert.equal(head, "at,kind,amount,balance_after,cause_id,reference");
  assert.equal(lines.length, pages.length);
  const [newest = ""] = lines;
  assert.match(newest, /,topup,1\.25,\d+\.\d\d,[0-9a-f-]{36},"'=HYPERLINK\(""x,4""\)"$/u);
  const year = await get("/ledger.csv?since=2020-01-01T00:00:00Z");
  assert.equal(year.json.code, "invalid_request");
});
