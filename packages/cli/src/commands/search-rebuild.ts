import { searchRebuild } from "@recado/contract/admin-search-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `search rebuild`. */
export function addSearchRebuild(noun: Command, open: OpenShell): void {
  noun
    .command("rebuild")
    .description("Make the index of the inbox's search anew; the old one serves meanwhile")
    .requiredOption("--account <id>", "of this account")
    .action(async (options: { account: string }, command: Command) => {
      const shell = open(command);
      const begun = await shell.call({
        method: "POST",
        path: `/accounts/${encodeURIComponent(options.account)}/search/rebuild`,
        answer: searchRebuild,
      });
      shell.showThing(begun);
    });
}
