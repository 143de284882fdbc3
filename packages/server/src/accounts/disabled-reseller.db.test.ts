import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { buildFamily } from "../testkit/build-family.ts";
import { startV1Server, type V1Server } from "../testkit/v1-server.ts";
import { topUp } from "../wallet/topup.ts";
import { disableAccount, enableAccount } from "./accounts.ts";
import { createToken } from "./tokens.ts";

let server: V1Server;
before(async () => {
  server = await startV1Server();
});
after(() => server.close());

test("a disabled reseller's customers send nothing by any door, until it is enabled again; others do", async () => {
  const open = async (name: string) => {
    const family = await buildFamily(server.deps, name);
    const { customerId: accountId, login } = family;
    const topup = { reference: randomUUID(), amount: 100_000_000n, note: "", createdBy: null };
    await topUp(server.deps, { accountId, ...topup });
    const { rows } = await server.deps.pool.query("select id from users where account_id = $1", [
      accountId,
    ]);
    const ofUser = { accountId, userId: rows[0].id };
    const { token: ws } = await createToken(server.deps, { kind: "ws", ...ofUser });
    const api = await server.token({ accountId });
    return { ...family, tries: () => tryDoors({ accountId, login, ws, api }) };
  };
  const [mine, theirs] = [await open("mine"), await open("theirs")];
  assert.deepEqual(await mine.tries(), [1, 202, 200]);
  await disableAccount(server.deps, mine.resellerId);
  assert.deepEqual(await mine.tries(), [2, 401, 401]);
  assert.deepEqual(await theirs.tries(), [1, 202, 200]);
  await enableAccount(server.deps, mine.resellerId);
  assert.deepEqual(await mine.tries(), [1, 202, 200]);
});

/** What the `ws` API and `/v1` answer to a send, and `/v1` to a question. */
async function tryDoors(of: { accountId: string; login: string; ws: string; api: string }) {
  const send = await server.acceptance.send({
    ...{ source: "ws", login: of.login, token: of.ws, mobile: "573001234567" },
    ...{ idTemplate: undefined, message: randomUUID(), templateVariables: undefined },
    ...{ customField: "", mediaName: "", media: null },
  });
  const body = { mobile: "573001234567", text: randomUUID() };
  const v1 = await server.call("POST", "/messages", { token: of.api, body });
  const read = await server.call("GET", "/wallet", { token: of.api });
  return [send.code, v1.status, read.status];
}
