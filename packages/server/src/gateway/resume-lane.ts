import type { Logger } from "pino";
import type { Directory } from "../accounts/directory.ts";
import { type AccountSnapshot, findPrice, findTemplateById } from "../domain/account-snapshot.ts";
import { findMessageCountry } from "../domain/erased.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import { lockWallets } from "../storage/accepting.ts";
import { settleAlerts } from "../storage/balance-alerts.ts";
import { addToCampaigns, findCampaigns } from "../storage/campaigns.ts";
import {
  type Database,
  type PipelinedWork,
  type Transaction,
  withPipelinedTransaction,
} from "../storage/connect.ts";
import { insertEvents } from "../storage/events.ts";
import {
  findHeldAccounts,
  type HeldMessage,
  lockExpired,
  lockHeld,
  type PricedMessage,
  releaseHeld,
} from "../storage/held-messages.ts";
import { addSpending, findCaps } from "../storage/spending.ts";
import { postTransfers } from "../wallet/post.ts";
import { applyChanges } from "./apply-changes.ts";
import { withUsableNumber } from "./other-number.ts";
import { createSpendMeter, type SpendMeter } from "./spend-meter.ts";

/*
 * Lets messages that wait for money go on once there is some, from whatever it came: a top-up, a refund, an adjustment.
 * In the order in which they came: the first that cannot be paid stops those behind it, so that a cheap one never
 * overtakes a dear one. One that a cap, an inactive project or the want of a price stops only waits by itself. Each is
 * charged by its id, at the price in force when it goes on: once, however many processes look.
 */

/** What the lane needs. */
export interface ResumeLaneDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  logger: Logger;
  directory: Directory;
  intervalMs: number;
  /** Told after a commit that let messages go on. */
  onResumed(count: number): void;
  /** Told after a commit that put webhooks on their way. */
  onFollowUp(): void;
}

const PAGE_MAX = 200;
const FIRST = "00000000-0000-0000-0000-000000000000";
const EXPIRED = "No hubo saldo para el mensaje antes de su fecha límite";

/** Builds the lane. */
export function createResumeLane(deps: ResumeLaneDeps): Lane {
  return createLane({
    name: "resume",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    async round() {
      let more = false;
      for (const accountId of await findHeldAccounts(deps.pool)) {
        try {
          more = (await expire(deps, accountId)) || more;
          await resumeAll(deps, accountId);
        } catch (error) {
          // One account's trouble must not keep the others' messages waiting.
          deps.logger.error({ accountId, err: error }, "resume.failed");
        }
      }
      return more;
    },
  });
}

/** Fails those whose time is up; nothing was charged, so nothing is given back. True when there are more. */
async function expire(deps: ResumeLaneDeps, accountId: string): Promise<boolean> {
  const nowMs = deps.clock.now();
  const count = await withPipelinedTransaction(deps.pool, async (sql) => {
    const ids = await lockExpired(sql, accountId, { now: new Date(nowMs), limit: PAGE_MAX });
    const change = { kind: "failed", atMs: nowMs, code: "5", reason: EXPIRED } as const;
    const changes = ids.map((messageId) => ({ messageId, change }));
    const applied = await applyChanges(sql, deps, { accountId, changes, nowMs });
    return { result: ids.length, pending: applied.finish() };
  });
  if (count > 0) deps.onFollowUp();
  return count === PAGE_MAX;
}

async function resumeAll(deps: ResumeLaneDeps, accountId: string): Promise<void> {
  let after: string | null = FIRST;
  while (after !== null) {
    const page: Page = { accountId, after };
    const { resumed, next } = await withPipelinedTransaction(deps.pool, (sql) =>
      resumePage(sql, deps, page),
    );
    if (resumed > 0) deps.onResumed(resumed);
    after = next;
  }
}

interface Page {
  accountId: string;
  /** The last message of the page before. */
  after: string;
}

async function resumePage(
  sql: Transaction,
  deps: ResumeLaneDeps,
  { accountId, after }: Page,
): Promise<PipelinedWork<{ resumed: number; next: string | null }>> {
  const nothing = { result: { resumed: 0, next: null }, pending: [] };
  const balance = (await lockWallets(sql, [accountId])).get(accountId)?.balance ?? 0n;
  const nowMs = deps.clock.now();
  const at = new Date(nowMs);
  const rows = await lockHeld(sql, accountId, { after, now: at, limit: PAGE_MAX });
  const snapshot = (await deps.directory.snapshots(sql, [accountId])).get(accountId);
  if (rows.length === 0 || !snapshot?.active) return nothing;
  const meter = await openMeter(sql, deps, { snapshot, rows, nowMs });
  const { chosen, left } = choose(rows, { snapshot, meter, balance, nowMs });
  const next = left === null && rows.length === PAGE_MAX ? (rows.at(-1)?.id ?? null) : null;
  if (chosen.length === 0) return { ...nothing, result: { resumed: 0, next } };
  const spent = chosen.reduce((sum, row) => sum + row.price, 0n);
  const fallen = { accountId, before: balance, after: balance - spent };
  const wishes = chosen.map(({ id: causeId, price: amount }) => ({
    ...{ accountId, causeId, amount },
    kind: "charge" as const,
  }));
  // In the order in which whoever accepts locks them: alerts, counters, and the account's events last.
  await settleAlerts(sql, snapshot.limits.alertLevels.length > 0 ? [fallen] : [], at);
  await addSpending(sql, meter.counted);
  await addToCampaigns(sql, meter.campaigns);
  await postTransfers(sql, wishes, at);
  await releaseHeld(sql, accountId, { messages: chosen, at });
  const events = chosen.map((row) => ({
    ...{ accountId, id: deps.ids.next(nowMs), kind: "accepted", messageId: row.id },
    ...{ projectId: row.projectId, at, data: null },
  }));
  return { result: { resumed: chosen.length, next }, pending: [insertEvents(sql, events)] };
}

async function openMeter(
  sql: Transaction,
  deps: ResumeLaneDeps,
  of: { snapshot: AccountSnapshot; rows: readonly HeldMessage[]; nowMs: number },
): Promise<SpendMeter> {
  const { snapshot, rows, nowMs } = of;
  const { accountId } = snapshot;
  const keys = rows.flatMap(({ projectId, campaign }) =>
    campaign === null ? [] : [{ accountId, projectId, name: campaign }],
  );
  const caps = snapshot.limits.capped ? await findCaps(sql, [accountId], new Date(nowMs)) : [];
  const campaigns = keys.length > 0 ? await findCampaigns(sql, keys) : [];
  return createSpendMeter({ caps, campaigns }, { ids: deps.ids, nowMs });
}

/** Those that go on now, and the first that there is no money for; null: none. */
function choose(
  rows: readonly HeldMessage[],
  of: { snapshot: AccountSnapshot; meter: SpendMeter; balance: bigint; nowMs: number },
): { chosen: PricedMessage[]; left: HeldMessage | null } {
  const { snapshot, meter, nowMs } = of;
  let { balance } = of;
  const chosen: PricedMessage[] = [];
  for (const held of rows) {
    // As whoever sends now: what the message cost when it came is nobody's price any more.
    const country = findMessageCountry(held.mobile);
    const price = findPrice(snapshot, { country, category: held.category }, nowMs);
    if (price === null) continue;
    const row = { ...held, price };
    const first = snapshot.projects.get(row.projectId);
    const project = first && withUsableNumber(first, snapshot);
    const channel = project?.channelId ? snapshot.channels.get(project.channelId) : undefined;
    // Somebody said no to what its template costs now: nothing of it is sent.
    const isRefused = findTemplateById(snapshot, row.templateId)?.guard?.state === "rejected";
    if (!project?.active || !channel?.active || isRefused || meter.find(row) !== null) continue;
    if (balance < row.price) return { chosen, left: row };
    balance -= row.price;
    meter.use(row);
    chosen.push(row);
  }
  return { chosen, left: null };
}
