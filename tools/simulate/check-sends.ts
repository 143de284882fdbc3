import type { FinalMessage, FinalState } from "./final-state.ts";
import type { Record as RunRecord, SendSeen } from "./record.ts";
import { PRICE } from "./seed-plan.ts";
import { idOf } from "./world-rows.ts";

/** Nothing answered 1 is missing, nothing refused left a trace, and every refusal had its reason. */
export function checkSends(record: RunRecord, state: FinalState): string[] {
  const byMark = Map.groupBy(state.messages, (message) => message.mark);
  const sends = Map.groupBy(record.sends, (send) => send.mark);
  const strange = state.messages.filter((message) => !sends.has(message.mark));
  return [
    ...strange.map((message) => `message ${message.id} was never asked for`),
    ...[...sends].flatMap(([mark, seen]) => checkMark(mark, seen, byMark.get(mark) ?? [])),
    ...record.sends.flatMap((send) => checkRefusal(record, state, send)),
    ...checkRepeats(record, state),
    ...checkMarketing(record, state),
  ];
}

function checkMark(
  mark: string,
  seen: readonly SendSeen[],
  rows: readonly FinalMessage[],
): string[] {
  const wrong: string[] = [];
  if (rows.length > 1) wrong.push(`${mark} was stored ${rows.length} times`);
  const [row] = rows;
  for (const { answer, account, mobile } of seen) {
    if (answer?.code !== 1) continue;
    if (row?.id !== answer.messageId) wrong.push(`${mark} was answered 1 and is missing`);
    else if (row.accountId !== idOf("account", account) || row.mobile !== mobile) {
      wrong.push(`${mark} is another's`);
    }
  }
  const isRefused = seen.every(({ answer }) => answer !== null && answer.code !== 1);
  if (isRefused && row) wrong.push(`${mark} was refused and left a trace`);
  return wrong;
}

const REPEAT_MS = 60_000;

function checkRefusal(record: RunRecord, state: FinalState, send: SendSeen): string[] {
  const { answer, mark } = send;
  if (!answer || answer.code === 1) return [];
  const accountId = idOf("account", send.account);
  const own = state.messages.filter((message) => message.accountId === accountId);
  const alike = own.filter((message) => {
    const other = record.sends.find((one) => one.mark === message.mark);
    return message.mobile === send.mobile && other?.saying === send.saying;
  });
  if (answer.code === 9) {
    const isRecent = ({ acceptedAtMs }: FinalMessage) =>
      acceptedAtMs <= answer.atMs && acceptedAtMs > send.atMs - REPEAT_MS;
    return alike.some(isRecent) ? [] : [`${mark} was refused as a repeat of nothing`];
  }
  if (answer.code === 5) {
    const first = record.plan.accounts[send.account]?.balance ?? 0n;
    const after = state.transfers.filter((one) => one.accountId === accountId);
    const isPoor = first < PRICE || after.some((one) => one.balanceAfter < PRICE);
    return isPoor ? [] : [`${mark} was refused for want of money that was there`];
  }
  if (answer.code === 10) {
    const max = record.plan.accounts[send.account]?.marketingMax ?? 0;
    const count = listMarketing(record, own).filter((one) => one.mobile === send.mobile).length;
    return count >= max ? [] : [`${mark} was refused by a marketing limit that was not reached`];
  }
  return [`${mark} was answered ${answer.code}`];
}

/** The same thing to the same person, twice within 60 seconds. */
function checkRepeats(record: RunRecord, state: FinalState): string[] {
  const sayingOf = new Map(record.sends.map((send) => [send.mark, send.saying]));
  const alike = Map.groupBy(
    state.messages,
    ({ accountId, mobile, mark }) => `${accountId} ${mobile} ${sayingOf.get(mark)}`,
  );
  return [...alike.values()].flatMap((group) => {
    const times = group.map((message) => message.acceptedAtMs).sort((one, two) => one - two);
    const isTwice = times.some(
      (ms, index) => index > 0 && ms - (times[index - 1] ?? 0) < REPEAT_MS,
    );
    return isTwice ? [`${group[0]?.mark} was accepted twice within 60 seconds`] : [];
  });
}

function checkMarketing(record: RunRecord, state: FinalState): string[] {
  const hasFailed = new Set(
    state.transfers.filter(({ kind }) => kind === "refund").map(({ causeId }) => causeId),
  );
  const kept = listMarketing(record, state.messages).filter(({ id }) => !hasFailed.has(id));
  const byPerson = Map.groupBy(kept, ({ accountId, mobile }) => `${accountId} ${mobile}`);
  return [...byPerson.values()].flatMap((group) => {
    const send = record.sends.find((one) => one.mark === group[0]?.mark);
    const max = record.plan.accounts[send?.account ?? 0]?.marketingMax ?? 0;
    return group.length > max ? [`${send?.mobile} got ${group.length} marketing messages`] : [];
  });
}

function listMarketing(record: RunRecord, messages: readonly FinalMessage[]): FinalMessage[] {
  const marks = new Set(
    record.sends.filter((send) => send.category === "marketing").map((send) => send.mark),
  );
  return messages.filter((message) => marks.has(message.mark));
}
