import { pageOf } from "@recado/contract/admin-fields";
import { auditEntry } from "@recado/contract/admin-operator-api";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

interface Options extends PageOptions {
  account?: string;
  action?: string;
  token?: string;
}

/** `audit list`. */
export function addAuditList(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("list")
      .description("List who changed what, newest first; --json shows before and after")
      .option("--account <id>", "what concerns this account")
      .option("--action <text>", 'what begins so, such as "PATCH /admin/accounts"')
      .option("--token <id>", "what this token did"),
  ).action(async (options: Options, command: Command) => {
    const shell = open(command);
    const { account, action, token, limit, cursor } = options;
    const page = await shell.call({
      method: "GET",
      path: "/audit",
      query: { accountId: account, action, tokenId: token, limit, cursor },
      answer: pageOf(auditEntry),
    });
    shell.showPage(page, [
      ["AT", (row) => formatMoment(row.at)],
      ["WHO", (row) => row.login ?? row.tokenLabel ?? row.tokenId],
      ["AS", (row) => row.actor],
      ["FROM", (row) => row.address],
      ["WHAT", (row) => row.action],
      ["ANSWERED", (row) => row.status ?? "unknown"],
      ["ACCOUNT", (row) => row.accountId],
      ["TARGET", (row) => row.targetId],
      ["ASKED FOR", (row) => row.request],
    ]);
  });
}
