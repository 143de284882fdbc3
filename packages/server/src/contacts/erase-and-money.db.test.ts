import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createAccount } from "../accounts/accounts.ts";
import { createPriceBook, setPrice } from "../accounts/prices.ts";
import { createToken } from "../accounts/tokens.ts";
import { cancelMessage } from "../gateway/cancel.ts";
import { createResumeLane } from "../gateway/resume-lane.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { createFolderBlobStore } from "../storage/blob-store.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { settleDays } from "../wallet/settle.ts";
import { topUp } from "../wallet/topup.ts";
import { continueErasure, type EraseDeps, requestErasure } from "./erase-person.ts";

const MOBILE = "573001234567";

let world: GatewayWorld;
let folder: string;
let deps: EraseDeps;

before(async () => {
  world = await openGatewayWorld();
  folder = await mkdtemp(join(tmpdir(), "recado-erase-waiting-"));
  deps = {
    ...world.shared,
    store: createFolderBlobStore({ root: folder }),
    cancel: (message) => cancelMessage(world.shared, message),
  };
});
after(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const operator = () => ({ ...world.shared, secretBox: createSecretBox([Buffer.alloc(32, 7)]) });

async function erase(accountId: string): Promise<string> {
  world.time.nowMs += 1_000;
  const { id } = await requestErasure(deps, { accountId, who: { mobile: MOBILE }, by: "test" });
  while (await continueErasure(deps));
  return id;
}

test("a message that waits for money is taken back with its person's data, and never leaves", async () => {
  const { accountId } = await world.account({ balance: 0n, price: 100n });
  const wish = { kind: "api", accountId, scopes: ["messages:write"] } as const;
  const answer = await world.acceptance.send({
    ...{ source: "v1", tokenHash: hash("sha256", (await createToken(operator(), wish)).token) },
    ...{ mobile: MOBILE, projectId: null, template: null, text: "su cédula", variables: [] },
    ...{ customField: "", mediaName: "", media: null, sendAtMs: null, validForMs: null },
    waitForBalance: true,
  });
  assert.ok(answer.code === 1);
  const id = await erase(accountId);
  await topUp(world.shared, { accountId, reference: "1", amount: 100n, note: "", createdBy: null });
  const told = { onResumed: () => {}, onFollowUp: () => {} };
  const lane = createResumeLane({ ...world.shared, ...told });
  lane.start();
  await lane.stop();
  const { rows } = await world.pool.query(
    "select status, mobile, body from messages where account_id = $1",
    [accountId],
  );
  assert.deepEqual(rows, [{ status: "cancelled", mobile: "erased-CO", body: "" }]);
  const erasure = await world.pool.query("select state from erasures where id = $1", [id]);
  assert.equal(erasure.rows[0].state, "done");
});

test("a reseller owes for a message what it owed before its person was erased", async () => {
  const atMs = world.time.nowMs;
  world.time.nowMs -= 30 * 86_400_000;
  const { id: priceBookId } = await createPriceBook(operator(), { name: "wholesale" });
  for (const [country, amount] of [
    ["CO", 1_500_000n],
    ["*", 9_000_000n],
  ] as const) {
    await setPrice(operator(), { priceBookId, country, category: "service", amount, cost: 0n });
  }
  const reseller = await createAccount(operator(), { name: "reseller", priceBookId });
  world.time.nowMs = atMs;
  const customer = await world.account();
  const { accountId } = customer;
  await world.pool.query(
    "update accounts set parent_id = $2, created_at = $3 where account_id = $1",
    [accountId, reseller.accountId, new Date(atMs - 86_400_000)],
  );
  const sent = await world.accept(customer, { mobile: MOBILE });
  await world.pool.query("update messages set lane = null, status = 'sent' where id = $1", [sent]);
  await erase(accountId);
  world.time.nowMs += 86_400_000;
  await settleDays(operator());
  const { rows } = await world.pool.query("select resale, wholesale from settlements");
  assert.deepEqual(rows, [{ resale: 2_500_000n, wholesale: 1_500_000n }]);
});
