import { priceBook } from "@recado/contract/admin-api";
import { pageOf } from "@recado/contract/admin-fields";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";

/** `price-book list`. */
export function addPriceBookList(noun: Command, open: OpenShell): void {
  addPageOptions(noun.command("list").description("List price books")).action(
    async (query: PageOptions, command: Command) => {
      const shell = open(command);
      const page = await shell.call({
        method: "GET",
        path: "/price-books",
        query: { limit: query.limit, cursor: query.cursor },
        answer: pageOf(priceBook),
      });
      shell.showPage(page, [
        ["ID", (row) => row.id],
        ["NAME", (row) => row.name],
        ["CURRENCY", (row) => row.currency],
        ["OWNER", (row) => row.ownerAccountId],
      ]);
    },
  );
}
