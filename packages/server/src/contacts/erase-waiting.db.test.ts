import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createToken } from "../accounts/tokens.ts";
import { cancelMessage } from "../gateway/cancel.ts";
import { createResumeLane } from "../gateway/resume-lane.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { createFolderBlobStore } from "../storage/blob-store.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
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

test("a message that waits for money is taken back with its person's data, and never leaves", async () => {
  const { accountId } = await world.account({ balance: 0n, price: 100n });
  const operator = { ...world.shared, secretBox: createSecretBox([Buffer.alloc(32, 7)]) };
  const wish = { kind: "api", accountId, scopes: ["messages:write"] } as const;
  const answer = await world.acceptance.send({
    ...{ source: "v1", tokenHash: hash("sha256", (await createToken(operator, wish)).token) },
    ...{ mobile: MOBILE, projectId: null, template: null, text: "su cédula", variables: [] },
    ...{ customField: "", mediaName: "", media: null, sendAtMs: null, validForMs: null },
    waitForBalance: true,
  });
  assert.ok(answer.code === 1);
  world.time.nowMs += 1_000;
  const who = { mobile: MOBILE };
  const { id } = await requestErasure(deps, { accountId, who, by: "test" });
  while (await continueErasure(deps));
  await topUp(world.shared, { accountId, reference: "1", amount: 100n, note: "", createdBy: null });
  const told = { onResumed: () => {}, onFollowUp: () => {} };
  const lane = createResumeLane({ ...world.shared, ...told });
  lane.start();
  await lane.stop();
  const { rows } = await world.pool.query(
    "select status, mobile, body from messages where account_id = $1",
    [accountId],
  );
  assert.deepEqual(rows, [{ status: "cancelled", mobile: "erased", body: "" }]);
  const erasure = await world.pool.query("select state from erasures where id = $1", [id]);
  assert.equal(erasure.rows[0].state, "done");
});
