import { channel } from "@recado/contract/admin-api";
import { pageOf } from "@recado/contract/admin-fields";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

/** `channel list`. */
export function addChannelList(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("list")
      .description("List official numbers, newest first")
      .option("--account <id>", "of this account (default: of all)"),
  ).action(async (options: PageOptions & { account?: string }, command: Command) => {
    const shell = open(command);
    const page = await shell.call({
      method: "GET",
      path: "/channels",
      query: { accountId: options.account, limit: options.limit, cursor: options.cursor },
      answer: pageOf(channel),
    });
    shell.showPage(page, [
      ["ID", (row) => row.id],
      ["NUMBER", (row) => row.officialNumber],
      ["PROVIDER", (row) => row.provider],
      ["STATE", (row) => row.state],
      ["PER SECOND", (row) => row.ratePerSecond],
      ["RESTS UNTIL", (row) => formatMoment(row.restUntil)],
      ["APP", (row) => row.appId],
      ["ACCOUNT", (row) => row.accountId],
    ]);
  });
}
