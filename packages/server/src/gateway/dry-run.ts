import type { Directory } from "../accounts/directory.ts";
import type { MessageCategory } from "../domain/account-snapshot.ts";
import type { Clock } from "../platform/clock.ts";
import { createIdMaker } from "../platform/ids.ts";
import { findRecent } from "../storage/accepting.ts";
import { type Database, type Transaction, withTransaction } from "../storage/connect.ts";
import { findLastInbound } from "../storage/message-queries.ts";
import { findBalance } from "../storage/transfers.ts";
import { formatBody } from "./accepted-row.ts";
import { mayBeRepeated, type ResolvedSend, type Standing } from "./decide.ts";
import { type DryRunWarning, listWarnings, type MessageWindow } from "./dry-run-warnings.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { openGuardCounter } from "./guard-counter.ts";
import { createHoldQueue, findWaiting } from "./hold-queue.ts";
import type { MediaLimits } from "./media-sink.ts";
import type { MediaProbe, ProbeMedia } from "./probe-media.ts";
import { askAboutRecent } from "./recent-question.ts";
import { resolveSend } from "./resolve-send.ts";
import type { SendProblem } from "./send-answer.ts";
import { type ApiSendRequest, prepareSend } from "./send-request.ts";
import { createSpendMeter, findSpending, spendOf } from "./spend-meter.ts";

/** What would become of a send. Amounts in 1/10,000. */
export interface DryRun {
  /** Null: it would be accepted. */
  problem: SendProblem | null;
  projectId: string | null;
  category: MessageCategory | null;
  /** As the person would see it; null when there is nothing to show. */
  text: string | null;
  /** Null: it has no file, or none that could be looked at. */
  media: MediaProbe | null;
  /** Whether the person may be sent more than templates; null when it is not known whom, or from which number. */
  window: MessageWindow | null;
  price: bigint | null;
  balance: bigint;
  currency: string;
  /** What would not stop it and is worth knowing. */
  warnings: DryRunWarning[];
}

/** What trying a send out needs. */
export interface DryRunDeps {
  pool: Database;
  directory: Directory;
  clock: Clock;
  probeMedia: ProbeMedia;
  media: { limits: MediaLimits };
}

const DAY_MS = 86_400_000;

/**
 * Judges a send by the rules of the acceptance, and stores nothing. Without the wallet's lock: what it says was true a
 * moment ago. The address of a file is asked for its beginning, after the database has been left.
 */
export async function dryRunSend(
  deps: DryRunDeps,
  of: { accountId: string; request: ApiSendRequest },
): Promise<DryRun> {
  const judged = await withTransaction(deps.pool, (sql) => judge(sql, deps, of));
  const { send, standing, window, currency, refusal, waits } = judged;
  const media = await lookAtMedia(deps, send);
  const complete = send.template !== null && send.variables !== null;
  const free = send.prepared.wanted !== null && send.prepared.wanted.kind !== "template";
  return {
    problem: refusal === null ? null : explainRefusal(send, refusal, standing),
    projectId: send.project?.id ?? null,
    category: send.category,
    text: complete || free ? formatBody(send) : null,
    media,
    window,
    price: send.price,
    balance: standing.balance,
    currency,
    warnings: listWarnings({ send, standing, window, media, waits }),
  };
}

async function judge(
  sql: Transaction,
  deps: DryRunDeps,
  of: { accountId: string; request: ApiSendRequest },
) {
  const snapshot = (await deps.directory.snapshots(sql, [of.accountId])).get(of.accountId);
  const nowMs = deps.clock.now();
  const send = resolveSend(prepareSend(of.request), snapshot ?? null, nowMs);
  const balance = await findBalance(sql, of.accountId);
  const asked = mayBeRepeated(send) ? [askAboutRecent(send, nowMs)] : [];
  const [recent] = asked.length > 0 ? await findRecent(sql, asked) : [];
  const spend = spendOf(send);
  const known = await findSpending(sql, [{ send, nowMs }]);
  const meter = createSpendMeter(known, { ids: createIdMaker(), nowMs });
  const cap = spend && meter.find(spend);
  const guards = await openGuardCounter(sql, [{ send }]);
  const none = { repeated: false, marketingCount: 0, optedOut: false };
  const standing: Standing = { ...none, ...recent, balance, cap, ...guards.standing(send) };
  const queue = createHoldQueue(await findWaiting(sql, [{ send }]));
  const { refusal, waits } = queue.judge(send, standing);
  const window = await findWindow(sql, send, nowMs);
  return { send, standing, refusal, waits, window, currency: snapshot?.currency ?? "" };
}

async function findWindow(
  sql: Transaction,
  { snapshot, project, mobile, prepared }: ResolvedSend,
  nowMs: number,
): Promise<MessageWindow | null> {
  if (!snapshot || !project?.channelId || !mobile) return null;
  const lastMessageAt = await findLastInbound(sql, {
    accountId: snapshot.accountId,
    channelId: project.channelId,
    mobile: mobile.digits,
    // What counts is the hour at which it leaves.
    since: new Date(Math.max(nowMs, prepared.sendAtMs ?? 0) - DAY_MS),
  });
  const closesAt = lastMessageAt && new Date(lastMessageAt.getTime() + DAY_MS);
  return { lastMessageAt, closesAt };
}

async function lookAtMedia(
  deps: DryRunDeps,
  { prepared }: ResolvedSend,
): Promise<MediaProbe | null> {
  const { media } = prepared;
  if (media?.kind === "url") return deps.probeMedia(media.url, deps.media.limits.fileBytesMax);
  if (media?.kind !== "file") return null;
  const { type, bytes } = media.file;
  return { reachable: true, type, bytes, why: null };
}
