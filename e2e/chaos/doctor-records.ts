import { checkRecords, countCutCalls, findEndedUnknown } from "./check-records.ts";
import type { ChaosRecords, StoredMessage } from "./records.ts";

/** A way to spoil right records, and the rule that must notice. */
interface Doctoring {
  name: string;
  rule: string;
  /** Spoils its own copy. */
  spoil(records: ChaosRecords): void;
}

/**
 * The checker's own test: each doctoring is applied to a copy of right records, and the rule that it breaks must object.
 * Gives the doctorings that nobody noticed.
 */
export function findUnnoticed(records: ChaosRecords): string[] {
  return DOCTORINGS.flatMap(({ name, rule, spoil }) => {
    const copy = structuredClone(records);
    spoil(copy);
    const found = checkRecords(copy).find((result) => result.name.includes(rule));
    return found !== undefined && found.breaches.length > 0 ? [] : [name];
  });
}

const first = <T>(list: readonly T[], wanted: (one: T) => boolean = () => true): T => {
  const found = list.find(wanted);
  if (found === undefined) throw new Error("these records are too few to be doctored");
  return found;
};

const isRead = ({ status }: StoredMessage) => status === "read";

/** One for each way in which a product of this kind can break its word. */
export const DOCTORINGS: readonly Doctoring[] = [
  {
    name: "a message that was answered 1 is gone",
    rule: "is there",
    spoil(records) {
      const { messageId } = first(records.sends, (one) => one.messageId !== null);
      records.messages = records.messages.filter(({ id }) => id !== messageId);
    },
  },
  {
    name: "a message never ended",
    rule: "has ended",
    spoil: ({ messages }) =>
      void Object.assign(first(messages), { status: "sent", lane: "awaiting" }),
  },
  {
    name: "a good send was refused",
    rule: "callers got",
    spoil: ({ sends }) => void first(sends, (one) => one.wanted === 1).answers.unshift(5),
  },
  {
    name: "a repeat was charged again",
    rule: "two messages",
    spoil: ({ messages }) =>
      void messages.push({ ...first(messages), id: "019a0000-0000-7000-8000-000000000001" }),
  },
  {
    name: "a refused send was stored all the same",
    rule: "left a trace",
    spoil({ sends, messages }) {
      const { mobile } = first(sends, ({ wanted }) => wanted !== 1);
      messages.push({ ...first(messages), mobile });
    },
  },
  {
    name: "a message was handed over twice",
    rule: "at most once",
    spoil: ({ submitted }) => void submitted.push({ ...first(submitted), id: "wamid.second" }),
  },
  {
    name: "a message arrived and was refunded",
    rule: "what WhatsApp knows",
    spoil: ({ messages }) =>
      void Object.assign(first(messages, isRead), { status: "failed", code: "402" }),
  },
  {
    name: "a charge was taken twice",
    rule: "one charge",
    spoil: ({ transfers }) =>
      void transfers.push({ ...first(transfers, (one) => one.kind === "charge") }),
  },
  {
    name: "a failure was not refunded",
    rule: "one charge",
    spoil: ({ messages }) => void Object.assign(first(messages, isRead), { status: "failed" }),
  },
  {
    name: "a cent is missing from the balance",
    rule: "sums to zero",
    spoil(records) {
      records.balance -= 1n;
    },
  },
  {
    name: "the product's own proof of the books fails",
    rule: "wallet verify",
    spoil(records) {
      records.walletVerified = false;
    },
  },
  {
    name: "an event's number is missing",
    rule: "without a gap",
    spoil: ({ events }) => void events.splice(Math.floor(events.length / 2), 1),
  },
  {
    name: "an event was written down twice",
    rule: "without a gap",
    spoil: ({ events }) => {
      const last =
        events
          .map(({ seq }) => seq)
          .toSorted((a, b) => (a < b ? -1 : 1))
          .at(-1) ?? 0n;
      events.push({ ...first(events, (one) => one.kind === "sent"), seq: last + 1n });
    },
  },
  {
    name: "a webhook was lost",
    rule: "at least once",
    spoil(records) {
      const { id } = first(records.deliveries);
      records.received = records.received.filter(({ deliveryId }) => deliveryId !== id);
    },
  },
  {
    name: "two webhooks of a message came the wrong way round",
    rule: "in order",
    spoil({ received }) {
      const told = new Set(received.flatMap((one) => (one.kind === "sent" ? [one.messageId] : [])));
      const read = first(received, (one) => one.kind === "read" && told.has(one.messageId));
      const sent = received.findIndex((one) => one.messageId === read.messageId);
      received.splice(received.indexOf(read), 1);
      received.splice(sent, 0, read);
    },
  },
  {
    name: "a signature was wrong",
    rule: "signature",
    spoil(records) {
      records.forged = 1;
    },
  },
  {
    name: "more calls are unknown than were cut",
    rule: "unknown outcomes",
    spoil(records) {
      const more = countCutCalls(records) + 1 - findEndedUnknown(records).length;
      const made = Array.from({ length: more }, (_, at) => ({
        ...first(records.messages),
        id: `01900000-0000-7000-8000-${String(at).padStart(12, "0")}`,
        status: "failed",
        unknownCalls: 1,
      }));
      records.messages.push(...made);
    },
  },
  {
    name: "a server fell over",
    rule: "ended by itself",
    spoil: ({ ownEndings }) => void ownEndings.push("server 1 ended with 1"),
  },
];
