import { retentionRun } from "@recado/contract/admin-operator-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `retention run`. */
export function addRetentionRun(noun: Command, open: OpenShell): void {
  noun
    .command("run")
    .description("Remove now what would be removed tonight")
    .option("--account <id>", "of this account alone")
    .action(async (options: { account?: string }, command: Command) => {
      const shell = open(command);
      const done = await shell.call({
        method: "POST",
        path: "/retention/run",
        query: { accountId: options.account },
        answer: retentionRun,
      });
      shell.showThing(done);
      if (done.more) shell.say("There is more: run it again, or wait for the night.");
    });
}
