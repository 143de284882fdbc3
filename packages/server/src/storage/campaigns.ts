import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** A campaign with its counts. Amounts in 1/10,000 units. */
export interface CampaignRow {
  accountId: string;
  id: string;
  projectId: string;
  name: string;
  messagesMax: bigint | null;
  amountMax: bigint | null;
  /** Messages that were paid for, whatever became of them. */
  accepted: bigint;
  /** Of these, refunded because they failed, or were taken back. */
  failed: bigint;
  cancelled: bigint;
  /** Paid and not refunded, and paid and refunded. */
  spent: bigint;
  refunded: bigint;
  createdAt: Date;
  lastAcceptedAt: Date | null;
}

/** Names a campaign. */
export interface CampaignKey {
  accountId: string;
  projectId: string;
  name: string;
}

const COLUMNS = `c.account_id as "accountId", c.id, c.project_id as "projectId", c.name,
  c.messages_max as "messagesMax", c.amount_max as "amountMax", c.accepted, c.failed, c.cancelled,
  c.spent, c.refunded, c.created_at as "createdAt", c.last_accepted_at as "lastAcceptedAt"`;

/** Those of these campaigns that there are. Stays true while their accounts' wallets are locked. */
export async function findCampaigns(
  sql: Queryable,
  keys: readonly CampaignKey[],
): Promise<CampaignRow[]> {
  const { rows } = await sql.query<CampaignRow>({
    name: "find-campaigns",
    text: `select ${COLUMNS}
           from (select distinct * from unnest($1::uuid[], $2::uuid[], $3::text[])) k (account_id, project_id, name)
           join campaigns c using (account_id, project_id, name)`,
    values: [
      keys.map((key) => key.accountId),
      keys.map((key) => key.projectId),
      keys.map((key) => key.name),
    ],
  });
  return rows;
}

/** What a group of sends adds to a campaign, which is made if there is none. */
export interface CampaignSpending extends CampaignKey {
  id: string;
  messages: number;
  amount: bigint;
  at: Date;
}

/** Counts accepted messages, in the transaction that accepts them. */
export async function addToCampaigns(
  sql: Queryable,
  rows: readonly CampaignSpending[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query({
    name: "add-to-campaigns",
    text: `insert into campaigns as c
             (account_id, id, project_id, name, accepted, spent, created_at, last_accepted_at)
           select account_id, id, project_id, name, messages, amount, at, at
           from json_to_recordset($1) as r(account_id uuid, id uuid, project_id uuid, name text,
             messages bigint, amount bigint, at timestamptz)
           on conflict (account_id, id) do update set accepted = c.accepted + excluded.accepted,
             spent = c.spent + excluded.spent, last_accepted_at = excluded.last_accepted_at`,
    values: [
      formatJson(
        rows.map((row) => ({
          account_id: row.accountId,
          id: row.id,
          project_id: row.projectId,
          name: row.name,
          messages: row.messages,
          amount: String(row.amount),
          at: row.at.toISOString(),
        })),
      ),
    ],
  });
}

/** A message of a campaign whose price was given back (-1) or taken again (1). */
export interface CampaignCorrection {
  campaignId: string;
  messageId: string;
  ended: "failed" | "cancelled";
  sign: 1 | -1;
}

/** Corrects campaigns by refunds and by refunds taken back. The wallet must be locked. */
export async function correctCampaigns(
  sql: Queryable,
  accountId: string,
  corrections: readonly CampaignCorrection[],
): Promise<void> {
  if (corrections.length === 0) return;
  await sql.query({
    name: "correct-campaigns",
    text: `update campaigns c set failed = c.failed - g.failed, cancelled = c.cancelled - g.cancelled,
             spent = c.spent + g.amount, refunded = c.refunded - g.amount
           from (
             select r.campaign_id,
               sum(case when r.ended = 'failed' then r.sign else 0 end)::bigint as failed,
               sum(case when r.ended = 'cancelled' then r.sign else 0 end)::bigint as cancelled,
               sum(r.sign * m.price)::bigint as amount
             from unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[]) as r(campaign_id, id, ended, sign)
             join messages m on m.account_id = $1 and m.id = r.id
             group by r.campaign_id
           ) g
           where c.account_id = $1 and c.id = g.campaign_id`,
    values: [
      accountId,
      corrections.map((one) => one.campaignId),
      corrections.map((one) => one.messageId),
      corrections.map((one) => one.ended),
      corrections.map((one) => one.sign),
    ],
  });
}

/** Sets the limits of a campaign, which is made if there is none. The wallet must be locked. */
export async function upsertCampaign(
  sql: Queryable,
  campaign: CampaignKey & {
    id: string;
    messagesMax: bigint | null;
    amountMax: bigint | null;
    at: Date;
  },
): Promise<CampaignRow> {
  const { rows } = await sql.query<CampaignRow>(
    `insert into campaigns as c (account_id, id, project_id, name, messages_max, amount_max, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (account_id, project_id, name) do update set
       messages_max = excluded.messages_max, amount_max = excluded.amount_max
     returning ${COLUMNS}`,
    [
      campaign.accountId,
      campaign.id,
      campaign.projectId,
      campaign.name,
      campaign.messagesMax,
      campaign.amountMax,
      campaign.at,
    ],
  );
  const [row] = rows;
  if (!row) throw new Error("a campaign was not stored");
  return row;
}

/** Campaigns of an account, newest first. */
export async function listCampaigns(
  sql: Queryable,
  of: { accountId: string; projectId: string | null },
  slice: Slice,
): Promise<CampaignRow[]> {
  const { rows } = await sql.query<CampaignRow>(
    `select ${COLUMNS} from campaigns c
     where c.account_id = $1 and ($2::uuid is null or c.project_id = $2)
       and ($3::uuid is null or c.id < $3)
     order by c.id desc limit $4`,
    [of.accountId, of.projectId, slice.before, slice.limit],
  );
  return rows;
}
