import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { buildAccount } from "../../testkit/build-account.ts";
import { startV1Server, type V1Server } from "../../testkit/v1-server.ts";

let server: V1Server;
let token: string;
let month: string;

before(async () => {
  server = await startV1Server();
  const { accountId } = await buildAccount(server.database.pool, { balance: 12_345_600n });
  token = await server.token({ accountId });
  month = new Date(server.deps.clock.now() - 5 * 3_600_000).toISOString().slice(0, 7);
  server.pass(33 * 86_400_000);
});
after(() => server.close());

const get = (path: string) => server.call("GET", path, { token });

test("a closed month is the same document every time, to the byte, and its digest says so", async () => {
  const first = await get(`/statements/${month}`);
  assert.equal(first.status, 200, first.text);
  assert.equal(first.json.closed, true);
  assert.equal(first.json.closing_balance, "1234.56");
  const digest = createHash("sha256").update(first.text).digest("hex");
  assert.equal(first.headers.get("etag"), `"${digest}"`);
  server.pass(86_400_000);
  assert.equal((await get(`/statements/${month}`)).text, first.text);
  const { json } = await get("/statements");
  assert.deepEqual(
    json.items.map((item: { month: string; digest: string }) => [item.month, item.digest]),
    [[month, digest]],
  );
});

test("as CSV it is a file with the month in its name", async () => {
  const csv = await get(`/statements/${month}/csv`);
  assert.match(csv.headers.get("content-type") ?? "", /^text\/csv/u);
  assert.match(
    csv.headers.get("content-disposition") ?? "",
    new RegExp(`recado-${month}\\.csv`, "u"),
  );
  assert.match(
    csv.text,
    /^section,kind,category,count,amount\r\nopening,,,,0\.00\r\nline,topup,,1,1234\.56\r\n/u,
  );
});

test("what is no month is refused, and one that this account does not have is not found", async () => {
  for (const wrong of ["2026-13", "2026", "x", "..%2f", "%00", "2026-11-01"]) {
    assert.equal((await get(`/statements/${wrong}`)).json.code, "invalid_request", wrong);
  }
  assert.equal((await get("/statements/2020-01")).json.code, "not_found");
  assert.equal((await get("/statements/2099-01")).json.code, "not_found");
});
