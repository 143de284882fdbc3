import { setTimeout as sleep } from "node:timers/promises";
import {
  journalSummary,
  journalWaiting,
  reprocessResult,
} from "@recado/contract/admin-journal-api";
import type { Command } from "commander";
import { CommandFailure } from "../command-failure.ts";
import { type OpenShell, parseNumber } from "../open-shell.ts";
import type { Shell } from "../shell.ts";
import { addJournalOptions, type JournalOptions, toWanted } from "./journal-options.ts";

interface Options extends JournalOptions {
  all?: boolean;
  ignored?: string;
  batch?: number;
  after?: string;
}

/** How often, and how long at most, one looks whether a batch has been read. */
const LOOK_MS = 250;
const LOOKS_MAX = 2_400;

/** `journal reprocess`. */
export function addJournalReprocess(noun: Command, open: OpenShell): void {
  addJournalOptions(
    noun
      .command("reprocess")
      .description("Read posts of a span again: by default those that could not be read"),
  )
    .option("--all", "those too that were read")
    .option("--ignored <name>", "those that held something of this name (see journal summary)")
    .option("--batch <posts>", "posts at a time, up to 1000 (default 500)", parseNumber)
    .option("--after <post>", "go on after this one, where an earlier run stopped")
    .action(async (options: Options, command: Command) => {
      if (options.since === undefined) throw new CommandFailure("Say --since.");
      await reprocess(open(command), options, options.since);
    });
}

/**
 * Batch by batch, each only when the one before has been read: posts that come meanwhile have to wait behind
 * no more than one batch.
 */
async function reprocess(shell: Shell, options: Options, since: string): Promise<void> {
  const wanted = { ...toWanted(options), since };
  const { ignored, batch: limit } = options;
  const states = options.all ? ["failed", "anomalous", "done"] : undefined;
  let { until } = options;
  let { after } = options;
  let count = 0;
  for (;;) {
    const body = { ...wanted, until, states, ignored, after, limit };
    const path = "/journal/reprocess";
    const batch = await shell.call({ method: "POST", path, body, answer: reprocessResult });
    until = batch.until;
    count += batch.count;
    if (batch.count > 0) await waitUntilRead(shell, { ...wanted, until });
    if (batch.next === null) break;
    after = batch.next;
    shell.say(`${count} posts read again, up to ${after}.`);
  }
  const query = { ...wanted, until };
  const path = "/journal/summary";
  const summary = await shell.call({ method: "GET", path, query, answer: journalSummary });
  const { ignored: names, ...counts } = summary;
  shell.showThing({ "read again": count, ...counts }, { count, ...counts, ignored: names });
}

async function waitUntilRead(shell: Shell, query: Record<string, string | undefined>) {
  const path = "/journal/waiting";
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const { waiting } = await shell.call({ method: "GET", path, query, answer: journalWaiting });
    if (waiting === 0) return;
    await sleep(LOOK_MS);
  }
  throw new CommandFailure("The posts are put back but nobody reads them: is a worker running?");
}
