import { account } from "@recado/contract/admin-api";
import { pageOf } from "@recado/contract/admin-fields";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

/** `account list`. */
export function addAccountList(noun: Command, open: OpenShell): void {
  addPageOptions(noun.command("list").description("List accounts, newest first")).action(
    async (query: PageOptions, command: Command) => {
      const shell = open(command);
      const page = await shell.call({
        method: "GET",
        path: "/accounts",
        query: { limit: query.limit, cursor: query.cursor },
        answer: pageOf(account),
      });
      shell.showPage(page, [
        ["ID", (row) => row.id],
        ["NAME", (row) => row.name],
        ["STATE", (row) => row.state],
        ["CURRENCY", (row) => row.currency],
        ["COUNTRIES", (row) => row.countries],
        ["CREATED", (row) => formatMoment(row.createdAt)],
      ]);
    },
  );
}
