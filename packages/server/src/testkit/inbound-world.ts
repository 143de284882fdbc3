import { randomUUID } from "node:crypto";
import { insertJournal } from "../storage/journal.ts";
import type { BuiltAccount } from "./build-account.ts";
import { openGatewayWorld } from "./gateway-world.ts";
import { createJournalReader } from "./journal-reader.ts";

/** The person of these tests, by number and by WhatsApp's id. */
export const ANA = "573001234567";
export const ANA_ID = "CO.13491208655302741918";

/** A gateway that persons write to, in Meta's shape, and that tells an integrator's endpoint. */
export type InboundWorld = Awaited<ReturnType<typeof openInboundWorld>>;

/** Opens the world; `close` ends it. */
export async function openInboundWorld() {
  const world = await openGatewayWorld();
  const { pool, time } = world;
  const readOnce = createJournalReader(world);
  const seconds = () => Math.floor(time.nowMs / 1_000);
  const inbound = {
    ...world,
    /** Reads what waits in the journal. */
    readOnce,
    /** An account with an endpoint that is told of everything. */
    async toldAccount(): Promise<BuiltAccount> {
      const account = await world.account();
      await pool.query(
        `insert into endpoints (account_id, id, project_id, url, secrets, created_at)
         values ($1, $2, $3, 'https://integrator.example/', '', $4)`,
        [account.accountId, randomUUID(), account.projectId, new Date(time.nowMs)],
      );
      return account;
    },
    /** A person's message; what is not said is Ana's, from now. */
    said(type: string, inner: unknown, more: Record<string, unknown> = {}) {
      const head = { id: `wamid.${randomUUID()}`, from: ANA, timestamp: String(seconds()) };
      return { ...head, type, [type]: inner, ...more };
    },
    /** Stores a post as if the account's app had signed it. */
    async post(of: BuiltAccount, changes: unknown[]): Promise<string> {
      const id = world.shared.ids.next(time.nowMs);
      const entry = [{ id: of.businessId, time: seconds(), changes }];
      const body = Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
      const row = { id, accountId: of.accountId, appId: of.appId, provider: "meta-cloud" };
      await insertJournal(pool, [{ ...row, body, receivedAt: new Date(time.nowMs) }]);
      return id;
    },
    /** Stores a post of persons' messages and has it read. */
    async receive(of: BuiltAccount, ...messages: unknown[]): Promise<void> {
      const value = { metadata: { phone_number_id: of.numberId }, messages };
      await inbound.post(of, [{ field: "messages", value }]);
      await inbound.readOnce();
    },
    /** What persons wrote to the account, oldest first. */
    async stored(of: BuiltAccount) {
      const { rows } = await pool.query(
        `select id, kind, mobile, user_id, body, content, custom_field, reply_to from messages
         where account_id = $1 and direction = 'in' order by accepted_at, id`,
        [of.accountId],
      );
      return rows;
    },
    /** The bodies that its integrator was sent about persons. */
    async told(of: BuiltAccount) {
      const { rows } = await pool.query(
        "select body from deliveries where account_id = $1 and kind = 'reply' order by seq",
        [of.accountId],
      );
      return rows.map((row) => JSON.parse(row.body));
    },
    async events(of: BuiltAccount) {
      const { rows } = await pool.query(
        "select kind, data, message_id from events where account_id = $1 order by seq",
        [of.accountId],
      );
      return rows;
    },
  };
  return inbound;
}
