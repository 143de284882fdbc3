import { token } from "@recado/contract/admin-api";
import { pageOf } from "@recado/contract/admin-fields";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

/** `token list`. */
export function addTokenList(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("list")
      .description("List tokens by their last four characters")
      .option("--account <id>", "of this account (default: the administrators')"),
  ).action(async (options: PageOptions & { account?: string }, command: Command) => {
    const shell = open(command);
    const page = await shell.call({
      method: "GET",
      path: "/tokens",
      query: { accountId: options.account, limit: options.limit, cursor: options.cursor },
      answer: pageOf(token),
    });
    shell.showPage(page, [
      ["ID", (row) => row.id],
      ["KIND", (row) => row.kind],
      ["ENDS IN", (row) => row.hint],
      ["LABEL", (row) => row.label],
      ["SCOPES", (row) => row.scopes],
      ["PROJECT", (row) => row.projectId],
      ["EXPIRES", (row) => formatMoment(row.expiresAt)],
      ["REVOKED", (row) => formatMoment(row.revokedAt)],
    ]);
  });
}
