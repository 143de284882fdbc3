import type { RealDatabase } from "./real-database.ts";

/** A message as the database holds it at the end. */
export interface FinalMessage {
  accountId: string;
  id: string;
  mark: string;
  mobile: string;
  status: string;
  lane: string | null;
  acceptedAtMs: number;
  deadlineAtMs: number;
}

/** A transfer, likewise. */
export interface FinalTransfer {
  accountId: string;
  causeId: string;
  kind: string;
  debit: string;
  credit: string;
  amount: bigint;
  balanceAfter: bigint;
  reference: string | null;
}

/** A webhook on its way, likewise. */
export interface FinalDelivery {
  id: string;
  endpointId: string;
  messageId: string;
  kind: string;
  state: string;
  attempts: number;
}

/** What is left when everything has ended. */
export interface FinalState {
  messages: FinalMessage[];
  transfers: FinalTransfer[];
  deliveries: FinalDelivery[];
  balances: Map<string, bigint>;
}

/** Reads it. */
export async function readFinalState(sql: RealDatabase["pool"]): Promise<FinalState> {
  const messages = await sql.query<FinalMessage & { accepted_at: Date; deadline_at: Date }>(
    `select account_id as "accountId", id, custom_field as mark, mobile, status, lane, accepted_at, deadline_at
     from messages where direction = 'out' order by id`,
  );
  const transfers = await sql.query<FinalTransfer>(
    `select account_id as "accountId", cause_id as "causeId", kind, debit, credit, amount,
       balance_after as "balanceAfter", reference from transfers order by account_id, cause_id, kind`,
  );
  const deliveries = await sql.query<FinalDelivery>(
    `select id, endpoint_id as "endpointId", message_id as "messageId", kind, state, attempts
     from deliveries order by id`,
  );
  const wallets = await sql.query<{ account_id: string; balance: bigint }>(
    "select account_id, balance from wallets",
  );
  return {
    messages: messages.rows.map((row) => ({
      ...row,
      acceptedAtMs: row.accepted_at.getTime(),
      deadlineAtMs: row.deadline_at.getTime(),
    })),
    transfers: transfers.rows,
    deliveries: deliveries.rows,
    balances: new Map(wallets.rows.map((row) => [row.account_id, row.balance])),
  };
}
