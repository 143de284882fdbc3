import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { MessageItem } from "../domain/inbound.ts";
import { receiveFromPerson } from "../gateway/receive-amendments.ts";
import { withTransaction } from "../storage/connect.ts";
import { type BuiltAccount, buildAccount } from "./build-account.ts";
import { type ConsoleServer, startConsoleServer, type Visitor } from "./console-server.ts";
import type { V1Reply } from "./v1-server.ts";

/** The inbox of one account on a server of its own, with persons who write and people who answer. */
export type InboxDesk = Awaited<ReturnType<typeof openInboxDesk>>;

/** Opens it; `close` ends it. */
export async function openInboxDesk() {
  const server = await startConsoleServer();
  const { pool } = server.database;
  const desk = {
    server,
    pool,
    account: () => buildAccount(pool),
    /** Somebody of the account, signed in. */
    enter: (
      account: BuiltAccount,
      role: Parameters<ConsoleServer["enter"]>[0]["role"],
      name: string,
    ) => server.enter({ accountId: account.accountId, role, name }),
    /** A person writes; answers the conversation. */
    async say(account: BuiltAccount, mobile: string, said: string | Partial<MessageItem>) {
      const text = typeof said === "string" ? said : "";
      const more = typeof said === "string" ? {} : said;
      const nowMs = server.deps.clock.now();
      const item: MessageItem = {
        ...{ kind: "message", type: "text", text, media: null, profileName: `P ${mobile}` },
        ...{ from: mobile, userId: null, at: new Date(nowMs), replyTo: null },
        ...{ numberId: account.numberId, providerMessageId: `wamid.${randomUUID()}` },
        ...more,
      };
      const { accountId, channelId, numberId, businessId, appId } = account;
      const owner = { provider: "meta-cloud", accountId, channelId, numberId, businessId, appId };
      await withTransaction(pool, async (sql) => {
        const { deps } = server;
        const told = await receiveFromPerson(sql, deps, { owner, item, nowMs });
        await Promise.all(told.finish());
      });
      const { rows } = await pool.query<{ id: string }>(
        `select v.id from conversations v join contact_addresses a using (account_id, contact_id)
         where v.account_id = $1 and a.value = $2 and v.channel_id = $3
         order by v.state = 'resolved', v.opened_at desc limit 1`,
        [accountId, mobile, channelId],
      );
      if (!rows[0]) throw new Error("nobody wrote");
      return rows[0].id;
    },
    /** Sends out of the composer. */
    compose(agent: Visitor, conversationId: string, said: Record<string, unknown>) {
      const { key = randomUUID(), ...body } = said;
      const headers = { "idempotency-key": String(key) };
      const path = `/inbox/conversations/${conversationId}/messages`;
      return agent.call("POST", path, { body, headers });
    },
    /** Does something with a conversation: `<id>/take`. */
    act(agent: Visitor, what: string, body: unknown = {}): Promise<V1Reply> {
      return agent.call("POST", `/inbox/conversations/${what}`, { body });
    },
    async row(agent: Visitor, conversationId: string) {
      const { json } = await agent.call("GET", `/inbox/conversations/${conversationId}`);
      return json.conversation;
    },
    async thread(agent: Visitor, conversationId: string) {
      const { json } = await agent.call(
        "GET",
        `/inbox/conversations/${conversationId}/thread?limit=100`,
      );
      return json.items;
    },
    close: () => server.close(),
  };
  return desk;
}

/** Waits until something is so. */
export async function untilTrue(is: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let look = 0; look < 600; look += 1) {
    if (await is()) return;
    await sleep(20);
  }
  throw new Error(`it never became so: ${what}`);
}
