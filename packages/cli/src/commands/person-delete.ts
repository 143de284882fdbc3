import { setTimeout as sleep } from "node:timers/promises";
import { erasure } from "@recado/contract/admin-person-api";
import type { Command } from "commander";
import { CommandFailure } from "../command-failure.ts";
import type { OpenShell } from "../open-shell.ts";
import { addPersonOptions, type PersonOptions, readPerson } from "./person-options.ts";

interface Options extends PersonOptions {
  yes?: boolean;
  wait: boolean;
}

const LOOK_AGAIN_MS = 1_000;

/** `person delete`. */
export function addPersonDelete(noun: Command, open: OpenShell): void {
  addPersonOptions(
    noun
      .command("delete")
      .description("Erase one person's data and wait until it is done; the ledger stays")
      .argument("<account>", "its id")
      .option("--yes", "really; it cannot be undone")
      .option("--no-wait", "do not wait: the server goes on by itself"),
  ).action(async (id: string, options: Options, command: Command) => {
    const shell = open(command);
    const who = readPerson(options);
    if (!options.yes) throw new CommandFailure("This cannot be undone: add --yes.");
    let row = await shell.call({
      method: "POST",
      path: `/accounts/${encodeURIComponent(id)}/erasures`,
      body: who,
      answer: erasure,
    });
    while (options.wait && row.state === "running") {
      await sleep(LOOK_AGAIN_MS);
      row = await shell.call({ method: "GET", path: `/erasures/${row.id}`, answer: erasure });
    }
    const { erased, ...facts } = row;
    shell.showThing({ ...facts, ...erased }, row);
  });
}
