import type { IdMaker } from "../platform/ids.ts";
import type { AcceptedRow, LockedWallet, RecentAnswer } from "../storage/accepting.ts";
import type { FallenBalance } from "../storage/balance-alerts.ts";
import { formatAcceptedRow, isAcceptable } from "./accepted-row.ts";
import type { ResolvedSend } from "./decide.ts";
import { explainRefusal } from "./explain-refusal.ts";
import type { GuardCounter } from "./guard-counter.ts";
import type { HoldQueue } from "./hold-queue.ts";
import type { KeyRing } from "./key-ring.ts";
import type { SendAnswer } from "./send-answer.ts";
import { type SpendMeter, spendOf } from "./spend-meter.ts";

/** What a round begins with. */
interface RoundStart {
  keys: KeyRing;
  guards: GuardCounter;
  wallets: ReadonlyMap<string, LockedWallet>;
  recents: ReadonlyMap<number, RecentAnswer>;
  nowMs: number;
  ids: IdMaker;
  meter: SpendMeter;
  queue: HoldQueue;
}

/** Judges sends one after the other, each against what those before it have spent and said. */
export function createRound({
  wallets,
  recents,
  guards,
  keys,
  nowMs,
  ids,
  meter,
  queue,
}: RoundStart) {
  const rows: AcceptedRow[] = [];
  const levels = new Map<string, readonly bigint[]>();
  const balances = new Map([...wallets].map(([accountId, row]) => [accountId, row.balance]));
  const counts = new Map<string, number>();
  const said = new Set<string>();
  const marketing = new Map<string, number>();
  const charged = new Map<string, bigint>();

  const judge = (send: ResolvedSend, index: number): SendAnswer => {
    const repeat = keys.find(send);
    if (repeat !== null) return repeat;
    const accountId = send.snapshot?.accountId ?? "";
    const toMobile = `${send.project?.id} ${send.mobile?.digits}`;
    const recent = recents.get(index);
    const balance = balances.get(accountId) ?? 0n;
    const spend = spendOf(send);
    const standing = {
      balance,
      repeated: (recent?.repeated ?? false) || said.has(`${toMobile} ${send.digest}`),
      marketingCount: (recent?.marketingCount ?? 0) + (marketing.get(toMobile) ?? 0),
      optedOut: recent?.optedOut ?? false,
      cap: spend && meter.find(spend),
      ...guards.standing(send),
    };
    const { refusal, waits } = queue.judge(send, standing);
    const note = () => {
      said.add(`${toMobile} ${send.digest}`);
      if (send.category !== "marketing") return;
      marketing.set(toMobile, (marketing.get(toMobile) ?? 0) + 1);
    };
    if (waits && isAcceptable(send)) {
      note();
      const made = { message: ids.next(nowMs), event: ids.next(nowMs) };
      const campaignId = spend && meter.join(spend);
      const at = { nowMs, balanceAfter: balance, position: 0, campaignId };
      queue.hold(formatAcceptedRow(send, made, at));
      keys.use(send, made.message);
      // It goes on by itself later, when nobody looks at the guard any more.
      guards.use(send);
      return { code: 1, messageId: made.message, replayed: false };
    }
    if (refusal !== null) {
      const isPlain = send.prepared.source === "ws" || send.prepared.source === "auto";
      return { code: refusal, problem: isPlain ? null : explainRefusal(send, refusal, standing) };
    }
    if (!isAcceptable(send)) throw new Error("a send without all its parts was judged acceptable");
    const position = (counts.get(accountId) ?? 0) + 1;
    const balanceAfter = balance - send.price;
    counts.set(accountId, position);
    levels.set(accountId, send.snapshot?.limits.alertLevels ?? []);
    balances.set(accountId, balanceAfter);
    note();
    const currency = send.snapshot?.currency ?? "";
    charged.set(currency, (charged.get(currency) ?? 0n) + send.price);
    const made = { message: ids.next(nowMs), event: ids.next(nowMs) };
    const campaignId = spend && meter.use(spend);
    rows.push(formatAcceptedRow(send, made, { nowMs, balanceAfter, position, campaignId }));
    keys.use(send, made.message);
    guards.use(send);
    return { code: 1, messageId: made.message, replayed: false };
  };
  return {
    rows,
    judge,
    charged,
    spending: () => formatSpending(counts, wallets, balances),
    crossings: () => findCrossings(levels, wallets, balances),
  };
}

/** By how much each balance falls, and for how many messages. */
function formatSpending(
  counts: ReadonlyMap<string, number>,
  wallets: ReadonlyMap<string, LockedWallet>,
  balances: ReadonlyMap<string, bigint>,
) {
  return [...counts].map(([account_id, messages]) => {
    const before = wallets.get(account_id)?.balance ?? 0n;
    const spent = before - (balances.get(account_id) ?? before);
    return { account_id, spent: String(spent), messages };
  });
}

/** Accounts whose balance fell across a level at which an alert fires or is armed. */
function findCrossings(
  levels: ReadonlyMap<string, readonly bigint[]>,
  wallets: ReadonlyMap<string, LockedWallet>,
  balances: ReadonlyMap<string, bigint>,
): FallenBalance[] {
  return [...levels].flatMap(([accountId, own]) => {
    const before = wallets.get(accountId)?.balance ?? 0n;
    const after = balances.get(accountId) ?? before;
    const crossed = own.some((level) => level <= before && level > after);
    return crossed ? [{ accountId, before, after }] : [];
  });
}
