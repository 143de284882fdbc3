import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { after, before, beforeEach, test } from "node:test";
import { insertEndpoint, type NewEndpoint } from "../storage/endpoints.ts";
import { insertJournal } from "../storage/journal.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { createJournalReader } from "../testkit/journal-reader.ts";
import { createEventWaits } from "../webhooks/event-waits.ts";
import { pullEvents } from "../webhooks/pull-events.ts";

let world: GatewayWorld;
let account: BuiltAccount;
let readOnce: () => Promise<void>;

before(async () => {
  world = await openGatewayWorld();
  readOnce = createJournalReader(world);
});
beforeEach(async () => {
  account = await world.account();
});
after(() => world.close());

async function addEndpoint(filters: Partial<NewEndpoint>): Promise<string> {
  const { accountId, projectId } = account;
  const id = world.shared.ids.next(world.time.nowMs);
  const at = { accountId, projectId, createdAt: new Date(world.time.nowMs) };
  const rest = { url: "https://x.example/", events: null, secrets: randomBytes(8), headers: {} };
  await insertEndpoint(world.pool, { ...at, ...rest, id, ...filters });
  return id;
}

/** What is on its way to an endpoint: event and message. */
async function told(endpointId: string): Promise<string[]> {
  const { rows } = await world.pool.query(
    "select kind, message_id from deliveries where endpoint_id = $1 order by seq",
    [endpointId],
  );
  return rows.map((row) => (row.kind === "reply" ? "reply" : `${row.kind} ${row.message_id}`));
}

async function post(value: Record<string, unknown>): Promise<void> {
  const metadata = { phone_number_id: account.numberId };
  const changes = [{ field: "messages", value: { metadata, ...value } }];
  const entry = [{ id: account.businessId, changes }];
  const body = Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
  const id = world.shared.ids.next(world.time.nowMs);
  const row = { id, accountId: account.accountId, appId: account.appId, provider: "meta-cloud" };
  await insertJournal(world.pool, [{ ...row, body, receivedAt: new Date(world.time.nowMs) }]);
  await readOnce();
}

const timestamp = () => String(Math.floor(world.time.nowMs / 1_000));

const postSent = (messageId: string) =>
  post({
    statuses: [
      {
        id: `wamid.${messageId}`,
        status: "sent",
        timestamp: timestamp(),
        biz_opaque_callback_data: messageId,
      },
    ],
  });

const postReply = (quoted: string | null) =>
  post({
    messages: [
      {
        id: `wamid.in.${randomUUID()}`,
        from: "573001234567",
        timestamp: timestamp(),
        type: "text",
        text: { body: "hola" },
        ...(quoted !== null && { context: { id: `wamid.${quoted}` } }),
      },
    ],
  });

test("an endpoint that names templates gets their messages and the replies that quote them, and only that", async () => {
  const { plain = 0, promo = 0 } = account.templates;
  const byName = await addEndpoint({ templates: ["plain"] });
  const byNumber = await addEndpoint({ templates: [String(promo)], events: ["sent"] });
  const all = await addEndpoint({});
  const ofPlain = await world.accept(account, { idTemplate: String(plain), message: "" });
  const ofPromo = await world.accept(account, {
    idTemplate: String(promo),
    message: "",
    templateVariables: "[Ana]",
  });
  const free = await world.accept(account);
  for (const id of [ofPlain, ofPromo, free]) await postSent(id);
  await postReply(null);
  await postReply(ofPromo);
  await postReply(ofPlain);
  assert.deepEqual(await told(byName), [`sent ${ofPlain}`, "reply"]);
  assert.deepEqual(await told(byNumber), [`sent ${ofPromo}`]);
  const sent = [ofPlain, ofPromo, free].map((id) => `sent ${id}`);
  assert.deepEqual(await told(all), [...sent, "reply", "reply", "reply"]);
});

test("an endpoint that names numbers gets what went through or came to them, and only that", async () => {
  const ours = await addEndpoint({ numbers: [account.officialNumber] });
  const other = await addEndpoint({ numbers: ["573009999999"] });
  const id = await world.accept(account);
  await postSent(id);
  await postReply(null);
  assert.deepEqual(await told(ours), [`sent ${id}`, "reply"]);
  assert.deepEqual(await told(other), []);
});

test("who pulls gets the very bodies that an endpoint is posted, in the same order, and no more", async () => {
  const endpoint = await addEndpoint({});
  const first = await world.accept(account);
  const second = await world.accept(account);
  const statuses = (id: string, words: string[]) =>
    words.map((status) => ({
      ...{ id: `wamid.${id}`, status, timestamp: timestamp(), biz_opaque_callback_data: id },
      ...(status === "failed" && { errors: [{ code: 131048, title: "spam" }] }),
    }));
  // The late `delivered` is noted and no news; so is the failure of what was read.
  await post({ statuses: statuses(first, ["sent", "read", "delivered", "failed"]) });
  await post({ statuses: statuses(second, ["failed"]) });
  await postReply(first);
  const image = { id: "9", mime_type: "image/png", caption: "mire" };
  await post({
    messages: [
      ...[{ id: `wamid.in.${randomUUID()}`, from: "573001234567", timestamp: timestamp() }].map(
        (head) => ({ ...head, type: "image", image }),
      ),
    ],
  });
  const { rows } = await world.pool.query(
    "select kind, body, seq from deliveries where endpoint_id = $1 order by seq",
    [endpoint],
  );
  const waits = createEventWaits({ pool: world.pool, logger: world.shared.logger });
  const page = await pullEvents(
    { ...world.shared, waits },
    {
      ...{ accountId: account.accountId, projectId: null, after: undefined, types: null },
      ...{ limit: 100, waitMs: 0, signal: new AbortController().signal },
    },
  );
  assert.deepEqual(
    page.items.map(({ type, body, seq }) => ({ kind: type, body, seq })),
    rows.map((row) => ({ ...row, body: JSON.parse(row.body) })),
  );
  const kinds = page.items.map((item) => item.type);
  assert.deepEqual(kinds, ["sent", "read", "failed", "reply", "reply"]);
  assert.match(String(page.items[4]?.body.media_url), /^http/u);
});
