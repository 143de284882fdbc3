import { noticePage } from "@recado/contract/admin-journal-api";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

/** `channel notices`. */
export function addChannelNotices(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("notices")
      .description("What providers told about an account's numbers: quality, names, restrictions")
      .argument("<account>", "its id")
      .option("--channel <id>", "about this number, or about its whole business account"),
  ).action(
    async (account: string, options: PageOptions & { channel?: string }, command: Command) => {
      const shell = open(command);
      const page = await shell.call({
        method: "GET",
        path: `/accounts/${encodeURIComponent(account)}/notices`,
        query: { channelId: options.channel, limit: options.limit, cursor: options.cursor },
        answer: noticePage,
      });
      shell.showPage(page, [
        ["AT", (row) => formatMoment(row.at)],
        ["WHAT", (row) => row.what],
        ["CHANNEL", (row) => row.channelId ?? "(all of the business account)"],
        ["DATA", (row) => JSON.stringify(row.data)],
      ]);
    },
  );
}
