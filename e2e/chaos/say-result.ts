import { countCutCalls, findEndedUnknown, type RuleResult } from "./check-records.ts";
import type { ChaosRecords } from "./records.ts";

const BREACHES_SHOWN = 5;
const UNKNOWN_SHOWN = 20;

/** The troubles as a table, in the order in which they came. */
export function sayTroubles({ troubles }: ChaosRecords): void {
  const wide = Math.max(0, ...troubles.map(({ name }) => name.length));
  say("\ntroubles");
  for (const { name, what, durationMs, callsUnderWay } of troubles) {
    const seconds = (durationMs / 1_000).toFixed(1).padStart(5);
    say(
      `  ${name.padEnd(wide)}  ${seconds} s  ${what}; calls under way in what was killed: ${callsUnderWay}`,
    );
  }
}

/** Counts, the unknown outcomes, and each promise with whether it was kept. */
export function sayResult(records: ChaosRecords, results: readonly RuleResult[]): void {
  const { sends, messages, submitted, received, deliveries, load } = records;
  const counts = {
    "sends due": sends.length + load.skipped,
    "sends made": sends.length,
    "of them sent again": sends.filter(({ answers }) => answers.length > 1).length,
    "without an answer in the end": sends.filter(
      ({ answers }) => typeof answers.at(-1) !== "number",
    ).length,
    "answered 1": sends.filter(({ messageId }) => messageId !== null).length,
    refused: sends.filter(({ answers, wanted }) => answers.at(-1) === wanted && wanted !== 1)
      .length,
    "messages stored": messages.length,
    "submitted to WhatsApp": submitted.length,
    read: messages.filter(({ status }) => status === "read").length,
    failed: messages.filter(({ status }) => status === "failed").length,
    "webhooks owed": deliveries.length,
    "webhooks received": received.length,
    "calls with an unknown outcome": messages.reduce((sum, one) => sum + one.unknownCalls, 0),
    "messages ended as unknown": findEndedUnknown(records).length,
    "calls that were cut": countCutCalls(records),
  };
  const rate = (count: number) => (count / load.seconds).toFixed(0);
  const taken = counts["answered 1"];
  say(
    `\n${load.perSecond} sends/s wanted for ${load.seconds.toFixed(0)} s: ${rate(sends.length)}/s made, ${rate(taken)}/s accepted`,
  );
  say("\ncounts");
  for (const [what, count] of Object.entries(counts))
    say(`  ${String(count).padStart(8)}  ${what}`);
  for (const { id, mobile, reason } of findEndedUnknown(records).slice(0, UNKNOWN_SHOWN)) {
    say(`            ${id} to ${mobile}: ${reason}`);
  }
  say("\npromises");
  for (const { name, breaches } of results) {
    say(`  ${breaches.length === 0 ? "✔" : "✖"} ${name}`);
    for (const breach of breaches.slice(0, BREACHES_SHOWN)) say(`      ${breach}`);
    if (breaches.length > BREACHES_SHOWN) say(`      and ${breaches.length - BREACHES_SHOWN} more`);
  }
  say();
}

function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}
