import { user } from "@recado/contract/admin-api";
import { pageOf } from "@recado/contract/admin-fields";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";

/** `user list`. */
export function addUserList(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("list")
      .description("List the users of an account")
      .argument("<account>", "its id"),
  ).action(async (accountId: string, query: PageOptions, command: Command) => {
    const shell = open(command);
    const page = await shell.call({
      method: "GET",
      path: `/accounts/${encodeURIComponent(accountId)}/users`,
      query: { limit: query.limit, cursor: query.cursor },
      answer: pageOf(user),
    });
    shell.showPage(page, [
      ["ID", (row) => row.id],
      ["LOGIN", (row) => row.login],
      ["NAME", (row) => row.name],
      ["ROLE", (row) => row.role],
      ["STATE", (row) => row.state],
      ["PASSWORD", (row) => row.hasPassword],
      ["SECOND FACTOR", (row) => row.hasSecondFactor],
      ["OPERATOR", (row) => row.operator],
    ]);
  });
}
