import type { Directory } from "../accounts/directory.ts";
import type { MessageCategory } from "../domain/account-snapshot.ts";
import { describeGuard } from "../domain/category-guard.ts";
import type { Clock } from "../platform/clock.ts";
import { createIdMaker } from "../platform/ids.ts";
import { findRecent } from "../storage/accepting.ts";
import { type Database, withTransaction } from "../storage/connect.ts";
import { findLastInbound } from "../storage/message-queries.ts";
import { findBalance } from "../storage/transfers.ts";
import { formatBody } from "./accepted-row.ts";
import { mayBeRepeated, type ResolvedSend, type Standing } from "./decide.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { openGuardCounter } from "./guard-counter.ts";
import { createHoldQueue, findWaiting } from "./hold-queue.ts";
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
  price: bigint | null;
  balance: bigint;
  currency: string;
  /** What would not stop it and is worth knowing. */
  warnings: { code: string; message: string }[];
}

/** What trying a send out needs. */
export interface DryRunDeps {
  pool: Database;
  directory: Directory;
  clock: Clock;
}

const DAY_MS = 86_400_000;

/**
 * Judges a send by the rules of the acceptance, and stores nothing. Without the wallet's lock: what it says was true a
 * moment ago.
 */
export function dryRunSend(
  deps: DryRunDeps,
  of: { accountId: string; request: ApiSendRequest },
): Promise<DryRun> {
  return withTransaction(deps.pool, async (sql) => {
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
    const none = { repeated: false, marketingCount: 0, optedOut: false };
    const guards = await openGuardCounter(sql, [{ send }]);
    const standing = { ...none, ...recent, balance, cap, ...guards.standing(send) };
    const queue = createHoldQueue(await findWaiting(sql, [{ send }]));
    const { refusal, waits } = queue.judge(send, standing);
    const inbound =
      send.category === "service" && send.project && send.mobile
        ? await findLastInbound(sql, {
            accountId: of.accountId,
            projectId: send.project.id,
            mobile: send.mobile.digits,
            since: new Date(nowMs - DAY_MS),
          })
        : null;
    const complete = send.template !== null && send.variables !== null;
    const free = send.prepared.wanted?.kind === "text";
    return {
      problem: refusal === null ? null : explainRefusal(send, refusal, standing),
      projectId: send.project?.id ?? null,
      category: send.category,
      text: complete || free ? formatBody(send) : null,
      price: send.price,
      balance,
      currency: snapshot?.currency ?? "",
      warnings: [...(waits ? [WAITS] : []), ...listWarnings(send, standing, inbound)],
    };
  });
}

const WAITS = {
  code: "waits_for_balance",
  message: "It would be kept, unpaid, until a top-up pays for it.",
};

function listWarnings(
  send: ResolvedSend,
  standing: Standing,
  inbound: Date | null,
): DryRun["warnings"] {
  const warnings: DryRun["warnings"] = [];
  const { media, mediaName } = send.prepared;
  const nameLength = [...mediaName].length;
  if (send.category === "service" && inbound === null) {
    const message = "This person has not written in the last 24 hours: WhatsApp refuses free text.";
    warnings.push({ code: "outside_window", message });
  }
  if (send.template?.guard) {
    const message = describeGuard(send.template.guard);
    warnings.push({ code: "category_guard", message });
  }
  if (media?.kind === "url") {
    const message = "The address is fetched when the message leaves; it was not tried now.";
    warnings.push({ code: "media_not_fetched", message });
  }
  if (media && nameLength > 0 && (nameLength < 10 || nameLength > 60)) {
    const message = "The name has not 10 to 60 characters: another one is made.";
    warnings.push({ code: "media_name_replaced", message });
  }
  if (send.price !== null && standing.balance - send.price < send.price) {
    warnings.push({
      code: "low_balance",
      message: "The balance does not pay another such message.",
    });
  }
  if (send.category === "marketing" && standing.marketingCount + 1 === send.project?.marketingMax) {
    const message = "This is the last marketing message that this person may get for now.";
    warnings.push({ code: "marketing_last", message });
  }
  return warnings;
}
