import type { FinalMessage, FinalState, FinalTransfer } from "./final-state.ts";
import type { Record as RunRecord } from "./record.ts";
import { PRICE } from "./seed-plan.ts";
import { idOf } from "./world-rows.ts";

/** Charged once, refunded once when it failed, taken back when it arrived after all; and the books agree. */
export function checkMoney(record: RunRecord, state: FinalState): string[] {
  const byCause = Map.groupBy(state.transfers, (transfer) => transfer.causeId);
  const known = new Set(state.messages.map((message) => message.id));
  const orphans = state.transfers.filter(
    ({ kind, causeId }) => kind !== "topup" && !known.has(causeId),
  );
  return [
    ...orphans.map(({ kind, causeId }) => `a ${kind} for ${causeId}, which is no message`),
    ...state.messages.flatMap((message) => checkMessage(message, byCause.get(message.id) ?? [])),
    ...record.plan.accounts.flatMap((account, n) =>
      checkWallet(state, { accountId: idOf("account", n), first: account.balance }),
    ),
    ...checkTopups(record, state),
  ];
}

function checkMessage(message: FinalMessage, transfers: readonly FinalTransfer[]): string[] {
  const wrong: string[] = [];
  const say = (what: string) => wrong.push(`${message.id} (${message.status}) ${what}`);
  const count = (kind: string) => transfers.filter((one) => one.kind === kind).length;
  if (count("charge") !== 1) say(`was charged ${count("charge")} times`);
  if (transfers.some(({ amount }) => amount !== PRICE)) say("moved another amount than its price");
  const isBack = message.status === "failed" || message.status === "cancelled";
  const refunds = count("refund") - count("refund-reversal");
  if (refunds !== (isBack ? 1 : 0)) say(`was refunded ${refunds} times`);
  if (count("refund") > 1) say("was refunded more than once");
  const charge = transfers.find((one) => one.kind === "charge");
  if (charge && charge.balanceAfter < 0n) say("was accepted without the money for it");
  return wrong;
}

function checkWallet(
  { transfers, balances }: FinalState,
  { accountId, first }: { accountId: string; first: bigint },
): string[] {
  const books = new Map<string, bigint>();
  const own = transfers.filter((transfer) => transfer.accountId === accountId);
  for (const { debit, credit, amount } of own) {
    books.set(debit, (books.get(debit) ?? 0n) - amount);
    books.set(credit, (books.get(credit) ?? 0n) + amount);
  }
  const balance = balances.get(accountId);
  const sum = [...books.values()].reduce((before, amount) => before + amount, 0n);
  const paidIn = own.filter(({ kind }) => kind === "topup");
  const spent = own.filter(({ kind }) => kind === "charge" || kind === "refund-reversal").length;
  const back = own.filter(({ kind }) => kind === "refund").length;
  const total = paidIn.reduce((before, { amount }) => before + amount, 0n);
  const wrong: string[] = [];
  if (sum !== 0n) wrong.push(`the books of ${accountId} do not sum to zero`);
  if (books.get("wallet") !== balance) wrong.push(`the wallet of ${accountId} is not its book`);
  if (balance !== total - PRICE * BigInt(spent - back)) {
    wrong.push(`the wallet of ${accountId} holds ${balance}, which is not what happened`);
  }
  if (!isChain(own)) wrong.push(`the balances told by the transfers of ${accountId} do not follow`);
  if (!paidIn.some(({ amount }) => amount === first)) wrong.push("the first money is gone");
  return wrong;
}

/** Whether each transfer begins with what another has left. */
function isChain(transfers: readonly FinalTransfer[]): boolean {
  const count = new Map<bigint, number>();
  const add = (balance: bigint, n: number) => count.set(balance, (count.get(balance) ?? 0) + n);
  for (const { credit, amount, balanceAfter } of transfers) {
    add(balanceAfter, 1);
    add(credit === "wallet" ? balanceAfter - amount : balanceAfter + amount, -1);
  }
  const odd = [...count].filter(([, n]) => n !== 0);
  // But for the first, which begins with nothing, and the last.
  return odd.length <= 2 && odd.every(([balance, n]) => n === (balance === 0n ? -1 : 1));
}

function checkTopups(record: RunRecord, state: FinalState): string[] {
  return record.topups.flatMap(({ account, reference, amount, isAnswered }) => {
    const accountId = idOf("account", account);
    const made = state.transfers.filter(
      (one) => one.accountId === accountId && one.reference === reference,
    );
    if (made.length > 1 || made.some((one) => one.amount !== amount)) {
      return [`${reference} was paid in ${made.length} times`];
    }
    return isAnswered && made.length === 0 ? [`${reference} was answered and is missing`] : [];
  });
}
