import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createIdMaker } from "../platform/ids.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { findBusinessOwners, findNumberOwners } from "../storage/inbound.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { createAccount } from "./accounts.ts";
import { createChannel } from "./channels.ts";
import type { Operator } from "./operator.ts";

const APP_NAME = "TiendaDemo";
const APP_ID = "5b1c7a30-2f44-4d0e-9c31-7f2a6e0d91aa";

let database: TestDatabase;
let operator: Operator;

before(async () => {
  database = await openTestDatabase();
  operator = {
    pool: database.pool,
    clock: { now: () => Date.UTC(2026, 10, 22, 15) },
    ids: createIdMaker(),
    secretBox: createSecretBox([Buffer.alloc(32, 7)]),
  };
});
after(() => database.close());

async function newChannel(provider: string | undefined, numberId: string, businessId: string) {
  const { accountId } = await createAccount(operator, { name: "Ferretería El Tornillo" });
  const { channel } = await createChannel(operator, {
    accountId,
    provider,
    officialNumber: "573005202020",
    numberId,
    businessId,
    accessToken: "key",
    app: { appSecret: "shhh" },
  });
  return channel;
}

test("events find a number of Gupshup by the app's name and by its id, and only through its own app", async () => {
  const channel = await newChannel("gupshup", APP_NAME, APP_ID);
  const names = [APP_NAME, APP_ID];
  const of = { provider: "gupshup", appId: channel.appId };
  const numbers = await findNumberOwners(database.pool, { ...of, numberIds: names });
  assert.deepEqual([...numbers.keys()].sort(), names.toSorted());
  for (const owner of numbers.values()) assert.equal(owner.channelId, channel.id);
  for (const name of names) {
    const owners = await findBusinessOwners(database.pool, { ...of, businessIds: [name] });
    assert.deepEqual(owners, [{ businessId: name, accountId: channel.accountId }]);
  }
  const stranger = await newChannel("gupshup", "OtraTienda", crypto.randomUUID());
  const asStranger = { ...of, appId: stranger.appId, numberIds: names };
  assert.equal((await findNumberOwners(database.pool, asStranger)).size, 0);
});

test("neither the name nor the id of an app can be a channel twice", async () => {
  await newChannel("gupshup", "TercerApp", "id-of-the-third");
  await assert.rejects(newChannel("gupshup", "TercerApp", "another"), /channel already/u);
  await assert.rejects(newChannel("gupshup", "Another", "id-of-the-third"), /channel already/u);
});

test("each provider has its own address and pace", async () => {
  const gupshup = await newChannel("gupshup", "CuartaApp", "id-of-the-fourth");
  assert.equal(gupshup.baseUrl, "https://api.gupshup.io");
  assert.equal(gupshup.ratePerSecond, 20);
  const meta = await newChannel(undefined, "1042", "2077");
  assert.equal(meta.baseUrl, "https://graph.facebook.com");
  assert.equal(meta.ratePerSecond, 80);
});
