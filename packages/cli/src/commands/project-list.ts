import { project } from "@recado/contract/admin-api";
import { pageOf } from "@recado/contract/admin-fields";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";

/** `project list`. */
export function addProjectList(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("list")
      .description("List projects, newest first")
      .option("--account <id>", "of this account (default: of all)"),
  ).action(async (options: PageOptions & { account?: string }, command: Command) => {
    const shell = open(command);
    const page = await shell.call({
      method: "GET",
      path: "/projects",
      query: { accountId: options.account, limit: options.limit, cursor: options.cursor },
      answer: pageOf(project),
    });
    shell.showPage(page, [
      ["ID", (row) => row.id],
      ["NAME", (row) => row.name],
      ["KIND", (row) => row.kind],
      ["STATE", (row) => row.state],
      ["TIME ZONE", (row) => row.timeZone],
      ["CHANNEL", (row) => row.channelId],
      ["ACCOUNT", (row) => row.accountId],
    ]);
  });
}
