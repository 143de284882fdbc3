import type { CapReached } from "../domain/limits.ts";
import type { IdMaker } from "../platform/ids.ts";
import { type CampaignRow, type CampaignSpending, findCampaigns } from "../storage/campaigns.ts";
import type { Queryable } from "../storage/connect.ts";
import { type CapUsage, type CountedSpending, findCaps } from "../storage/spending.ts";
import type { ResolvedSend } from "./decide.ts";

/** The caps that matter to one transaction, with what was used before it and what is used in it. */
export interface SpendMeter {
  /** The first cap that one more such message would break: the account's, the project's, the campaign's; else null. */
  find(spend: Spend): CapReached | null;
  /** Notes that it was accepted; answers its campaign's id, or null without one. */
  use(spend: Spend): string | null;
  /** The id of its campaign, which is made if need be, without counting anything yet; null without one. */
  join(spend: Spend): string | null;
  /** What is to be added to the counters. */
  readonly counted: readonly CountedSpending[];
  readonly campaigns: readonly CampaignSpending[];
}

/** Of a message, what caps count. */
export interface Spend {
  accountId: string;
  projectId: string;
  campaign: string | null;
  price: bigint;
}

/** What is known of caps and campaigns before a transaction. */
export interface KnownSpending {
  caps: readonly CapUsage[];
  campaigns: readonly CampaignRow[];
}

/** What there is to know of an account without caps and of sends without campaign: nothing, and nobody asks. */
export const NOTHING_KNOWN: KnownSpending = { caps: [], campaigns: [] };

/**
 * Asks for the caps of accounts that have some and for the campaigns that are named; for others nothing is asked.
 * Complete while the accounts' wallets are locked.
 */
export async function findSpending(
  sql: Queryable,
  sends: readonly { send: ResolvedSend; nowMs: number }[],
): Promise<KnownSpending> {
  const wanted = sends.filter(
    ({ send }) => send.snapshot?.limits.capped || send.prepared.campaign !== null,
  );
  if (wanted.length === 0) return NOTHING_KNOWN;
  const capped = wanted.flatMap(({ send: { snapshot } }) =>
    snapshot?.limits.capped ? [snapshot.accountId] : [],
  );
  const accountIds = [...new Set(capped)];
  const keys = wanted.flatMap(({ send: { snapshot, project, prepared } }) =>
    snapshot && project && prepared.campaign !== null
      ? [{ accountId: snapshot.accountId, projectId: project.id, name: prepared.campaign }]
      : [],
  );
  const [caps, campaigns] = await Promise.all([
    accountIds.length > 0 ? findCaps(sql, accountIds, new Date(wanted[0]?.nowMs ?? 0)) : [],
    keys.length > 0 ? findCampaigns(sql, keys) : [],
  ]);
  return { caps, campaigns };
}

/** What of a send would be counted; null when it lacks what is needed to be accepted. */
export function spendOf(send: ResolvedSend): Spend | null {
  const { snapshot, project, price, prepared } = send;
  if (!snapshot || !project || price === null) return null;
  const { accountId } = snapshot;
  return { accountId, projectId: project.id, campaign: prepared.campaign, price };
}

interface Gauge {
  reached: Omit<CapReached, "counts" | "max" | "used">;
  messagesMax: bigint | null;
  amountMax: bigint | null;
  messages: bigint;
  amount: bigint;
  /** What this transaction adds. */
  added: { messages: number; amount: bigint };
}

/** See {@link SpendMeter}. */
export function createSpendMeter(
  known: KnownSpending,
  { ids, nowMs }: { ids: IdMaker; nowMs: number },
): SpendMeter {
  const caps = new Map(known.caps.map((cap) => [cap.scopeId, { cap, gauge: gaugeCap(cap) }]));
  const campaigns = new Map<string, MeteredCampaign>(
    known.campaigns.map((row) => [
      nameCampaign(row),
      { row, gauge: gaugeCampaign(row), isNew: false },
    ]),
  );
  const findCampaign = ({ accountId, projectId, campaign: name }: Spend) =>
    name === null ? undefined : campaigns.get(nameCampaign({ accountId, projectId, name }));
  const gaugesOf = ({ accountId, projectId }: Spend) =>
    [accountId, projectId].flatMap((scopeId) => caps.get(scopeId)?.gauge ?? []);
  const openCampaign = (spend: Spend) => {
    if (spend.campaign === null) return null;
    const campaign = findCampaign(spend) ?? makeCampaign(spend, ids.next(nowMs));
    campaigns.set(nameCampaign(campaign.row), campaign);
    return campaign;
  };
  return {
    find(spend) {
      const campaign = findCampaign(spend);
      for (const gauge of [...gaugesOf(spend), ...(campaign ? [campaign.gauge] : [])]) {
        const reached = readGauge(gauge, spend.price);
        if (reached !== null) return reached;
      }
      return null;
    },
    use(spend) {
      for (const gauge of gaugesOf(spend)) count(gauge, spend.price);
      const campaign = openCampaign(spend);
      if (campaign) count(campaign.gauge, spend.price);
      return campaign?.row.id ?? null;
    },
    join: (spend) => openCampaign(spend)?.row.id ?? null,
    get counted() {
      return [...caps.values()]
        .filter(({ gauge }) => gauge.added.messages > 0)
        .map(({ cap: { accountId, scopeId, day }, gauge }) => ({
          ...{ accountId, scopeId, day },
          ...gauge.added,
        }));
    },
    get campaigns() {
      return [...campaigns.values()]
        .filter(({ gauge, isNew }) => isNew || gauge.added.messages > 0)
        .map(({ row: { accountId, projectId, name, id }, gauge }) => ({
          ...{ accountId, projectId, name, id, at: new Date(nowMs) },
          ...gauge.added,
        }));
    },
  };
}

interface MeteredCampaign {
  row: Pick<CampaignRow, "accountId" | "projectId" | "name" | "id">;
  gauge: Gauge;
  /** Made by this transaction. */
  isNew: boolean;
}

/** One that nobody has named before has no limits. */
function makeCampaign({ accountId, projectId, campaign }: Spend, id: string): MeteredCampaign {
  const row = { accountId, projectId, name: campaign ?? "", id };
  const unlimited = { messagesMax: null, amountMax: null, messages: 0n, amount: 0n };
  const added = { messages: 0, amount: 0n };
  return { row, gauge: { ...unlimited, reached: ofCampaign(row.name), added }, isNew: true };
}

function gaugeCap(cap: CapUsage): Gauge {
  const { scope, freesAt, messagesMax, amountMax, messages, amount } = cap;
  const reached = { scope, name: "", freesAt };
  return { reached, messagesMax, amountMax, messages, amount, added: { messages: 0, amount: 0n } };
}

function gaugeCampaign(row: CampaignRow): Gauge {
  const { messagesMax, amountMax, accepted, failed, cancelled, spent, name } = row;
  const used = { messages: accepted - failed - cancelled, amount: spent };
  return {
    ...{ messagesMax, amountMax, ...used },
    reached: ofCampaign(name),
    added: { messages: 0, amount: 0n },
  };
}

function ofCampaign(name: string): Gauge["reached"] {
  return { scope: "campaign", name, freesAt: null };
}

function readGauge(gauge: Gauge, price: bigint): CapReached | null {
  const messages = gauge.messages + BigInt(gauge.added.messages);
  const amount = gauge.amount + gauge.added.amount;
  if (gauge.messagesMax !== null && messages + 1n > gauge.messagesMax) {
    return { ...gauge.reached, counts: "messages", max: gauge.messagesMax, used: messages };
  }
  if (gauge.amountMax !== null && amount + price > gauge.amountMax) {
    return { ...gauge.reached, counts: "money", max: gauge.amountMax, used: amount };
  }
  return null;
}

function count(gauge: Gauge, price: bigint): void {
  gauge.added.messages += 1;
  gauge.added.amount += price;
}

function nameCampaign(key: { accountId: string; projectId: string; name: string }): string {
  return `${key.accountId} ${key.projectId} ${key.name}`;
}
