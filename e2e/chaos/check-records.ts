import type { CallerSend, ChaosRecords, StoredMessage } from "./records.ts";

/** A rule that the records of a run must keep. */
export interface Rule {
  name: string;
  /** Every breach in a sentence; none in a right world. */
  find(records: ChaosRecords): string[];
}

/** What came of one rule. */
export interface RuleResult {
  name: string;
  breaches: string[];
}

/** Judges a run by {@link RULES}. Pure: the same records give the same result. */
export function checkRecords(records: ChaosRecords): RuleResult[] {
  return RULES.map(({ name, find }) => ({ name, breaches: find(records) }));
}

/** Messages that ended without anybody knowing what became of their call: WhatsApp never spoke of them. */
export function findEndedUnknown({ messages, submitted }: ChaosRecords): StoredMessage[] {
  const known = new Set(submitted.map(({ opaque }) => opaque));
  return messages.filter(
    ({ id, status, unknownCalls }) => status === "failed" && unknownCalls > 0 && !known.has(id),
  );
}

/** Calls to WhatsApp that were cut: lost on their way, or under way in a server when it was killed. */
export function countCutCalls({ troubles, callsLost }: ChaosRecords): number {
  return troubles.reduce((sum, { callsUnderWay }) => sum + callsUnderWay, callsLost);
}

const ENDED = new Set(["read", "failed"]);
const ORDER = ["sent", "delivered", "read"];

/** The rules, each with what it protects as its name. */
export const RULES: readonly Rule[] = [
  {
    name: "every send that was answered 1 is there, to the right person",
    find({ sends, messages }) {
      const byId = new Map(messages.map((one) => [one.id, one]));
      return sends.flatMap(({ messageId, mobile }) => {
        if (messageId === null) return [];
        const kept = byId.get(messageId);
        if (kept === undefined) return [`${messageId} to ${mobile} is missing`];
        return kept.mobile === mobile ? [] : [`${messageId} goes to ${kept.mobile}, not ${mobile}`];
      });
    },
  },
  {
    name: "every message has ended, and nothing is owed to it",
    find: ({ messages }) =>
      messages
        .filter(({ status, lane }) => !ENDED.has(status) || lane !== null)
        .map(({ id, status, lane }) => `${id} is ${status}, lane ${lane}`),
  },
  {
    name: "callers got the answers that they had to get",
    find: ({ sends }) => sends.flatMap(judgeAnswers),
  },
  {
    name: "no send became two messages",
    find({ sends, messages }) {
      const byMobile = Map.groupBy(messages, ({ mobile }) => mobile);
      const known = new Set(sends.map(({ mobile }) => mobile));
      const doubled = [...byMobile].filter(([, group]) => group.length > 1);
      const strange = [...byMobile.keys()].filter((mobile) => !known.has(mobile));
      return [
        ...doubled.map(([mobile, group]) => `${mobile} has ${group.length} messages`),
        ...strange.map((mobile) => `nobody sent to ${mobile}`),
      ];
    },
  },
  {
    name: "nothing that was refused left a trace",
    find({ sends, messages, strayRows }) {
      const kept = new Set(messages.map(({ mobile }) => mobile));
      const traces = sends
        .filter((send) => isRefused(send) && kept.has(send.mobile))
        .map(({ mobile, answers }) => `${mobile}, answered ${answers.join(", ")}, is stored`);
      return strayRows === 0
        ? traces
        : [...traces, `${strayRows} rows of accounts that were refused`];
    },
  },
  {
    name: "WhatsApp got every message at most once, and nothing else",
    find({ submitted, messages }) {
      const byId = new Map(messages.map((one) => [one.id, one]));
      return [...Map.groupBy(submitted, ({ opaque }) => opaque)].flatMap(([id, group]) => {
        const kept = byId.get(id);
        if (kept === undefined) return [`WhatsApp has ${id}, which we do not`];
        if (group.length > 1) return [`${id} was submitted ${group.length} times`];
        return group[0]?.mobile === kept.mobile ? [] : [`${id} went to ${group[0]?.mobile}`];
      });
    },
  },
  {
    name: "what each message came to is what WhatsApp knows of it",
    find({ submitted, messages }) {
      const byId = new Map(submitted.map((one) => [one.opaque, one]));
      return messages.flatMap(({ id, status, code }) => {
        const theirs = byId.get(id)?.status;
        if (status === "failed" && (theirs === undefined || theirs === "failed")) return [];
        return status === theirs ? [] : [`${id} is ${status} (${code}), at WhatsApp ${theirs}`];
      });
    },
  },
  {
    name: "each message has one charge of its price, and a refund if and only if it failed",
    find: ({ price, messages, transfers }) => {
      const byCause = Map.groupBy(transfers, ({ causeId }) => causeId);
      return messages.flatMap((message) => {
        const own = byCause.get(message.id) ?? [];
        const sum = (kind: string) =>
          own.filter((one) => one.kind === kind).reduce((total, one) => total + one.amount, 0n);
        const paid = sum("charge") - sum("refund") + sum("refund-reversal");
        const owed = message.status === "failed" ? 0n : price;
        const charges = own.filter(({ kind }) => kind === "charge").length;
        const right =
          charges === 1 && sum("charge") === price && message.price === price && paid === owed;
        return right ? [] : [`${message.id}, ${message.status}: ${charges} charges, paid ${paid}`];
      });
    },
  },
  {
    name: "the ledger sums to zero, and the balance is what it says",
    find({ transfers, balance, messages, price }) {
      const books = new Map<string, bigint>();
      for (const { debit, credit, amount } of transfers) {
        books.set(debit, (books.get(debit) ?? 0n) - amount);
        books.set(credit, (books.get(credit) ?? 0n) + amount);
      }
      const total = [...books.values()].reduce((sum, book) => sum + book, 0n);
      const wallet = books.get("wallet") ?? 0n;
      const paidIn = -(books.get("funding") ?? 0n);
      const spent = BigInt(messages.filter(({ status }) => status !== "failed").length) * price;
      return [
        ...(total === 0n ? [] : [`the books sum to ${total}`]),
        ...(wallet === balance ? [] : [`the balance says ${balance}, its entries ${wallet}`]),
        ...(paidIn - spent === balance
          ? []
          : [`${paidIn} paid in, ${spent} spent, ${balance} left`]),
      ];
    },
  },
  {
    name: "recado wallet verify finds every cent in its place",
    find: ({ walletVerified }) => (walletVerified ? [] : ["it does not"]),
  },
  {
    name: "events are numbered without a gap, and each message's make one life",
    find({ events, messages }) {
      const numbers = events.map(({ seq }) => seq).sort((a, b) => (a < b ? -1 : 1));
      const gap = numbers.findIndex((seq, at) => seq !== (numbers[0] ?? 0n) + BigInt(at));
      const gaps = gap < 0 ? [] : [`after number ${numbers[gap - 1]} comes ${numbers[gap]}`];
      const byMessage = Map.groupBy(events, ({ messageId }) => messageId);
      const lives = messages.flatMap(({ id, status }) => {
        const kinds = (byMessage.get(id) ?? []).map(({ kind }) => kind);
        const once = ["accepted", "submitted", ...ORDER, "failed"].filter(
          (kind) => kinds.filter((other) => other === kind).length > 1,
        );
        if (once.length > 0) return [`${id} has twice: ${once.join(", ")}`];
        return kinds.includes("accepted") && kinds.includes(status)
          ? []
          : [`${id}, ${status}, has only: ${kinds.join(", ")}`];
      });
      return [...gaps, ...lives];
    },
  },
  {
    name: "every event came to the integrator at least once, and nothing else",
    find({ deliveries, received, messages }) {
      const came = new Set(received.map(({ deliveryId }) => deliveryId));
      const owed = new Set(deliveries.map(({ id }) => id));
      const told = new Set(received.map(({ messageId, kind }) => `${messageId} ${kind}`));
      return [
        ...deliveries
          .filter(({ id }) => !came.has(id))
          .map(({ id, kind, state }) => `${kind} ${id}, ${state}, never came`),
        ...[...came].filter((id) => !owed.has(id)).map((id) => `${id} came and is nobody's`),
        ...messages
          .filter(({ id, status }) => !told.has(`${id} ${status}`))
          .map(({ id, status }) => `nobody told that ${id} is ${status}`),
      ];
    },
  },
  {
    name: "each message's events came in order",
    find({ deliveries, received }) {
      const seqOf = new Map(deliveries.map(({ id, seq }) => [id, seq]));
      const latest = new Map<string, bigint>();
      const seen = new Set<string>();
      return received.flatMap(({ deliveryId, messageId, kind }) => {
        const seq = seqOf.get(deliveryId) ?? 0n;
        if (seen.has(deliveryId)) return [];
        seen.add(deliveryId);
        const before = latest.get(messageId) ?? 0n;
        latest.set(messageId, seq > before ? seq : before);
        return seq < before ? [`${messageId}: ${kind} (${seq}) came after ${before}`] : [];
      });
    },
  },
  {
    name: "every signature was right",
    find: ({ forged }) => (forged === 0 ? [] : [`${forged} were not`]),
  },
  {
    name: "unknown outcomes are no more than the calls that were cut",
    find(records) {
      const most = countCutCalls(records);
      const unknown = findEndedUnknown(records).length;
      return unknown <= most ? [] : [`${unknown} ended as unknown, ${most} calls were cut`];
    },
  },
  {
    name: "no server ended by itself",
    find: ({ ownEndings }) => ownEndings,
  },
];

/** Whether a caller knows for certain that the send was not taken. */
function isRefused({ answers }: CallerSend): boolean {
  return answers.length > 0 && answers.every((one) => typeof one === "number" && one !== 1);
}

function judgeAnswers({ mobile, wanted, keyed, answers }: CallerSend): string[] {
  const said = `${mobile}, answered ${answers.join(", ")}`;
  const codes = answers.filter((one) => typeof one === "number");
  // 9: an earlier try was taken, and only its answer was lost.
  const repeated = (code: number) => code === 9 && !keyed && answers.length > 1;
  const wrong = codes.filter((code) => code !== wanted && !(wanted === 1 && repeated(code)));
  if (wrong.length > 0) return [`${said}: ${wanted} was due`];
  return keyed && codes.length === 0 ? [`${said}: no answer in the end`] : [];
}
