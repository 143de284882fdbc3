import { template } from "@recado/contract/admin-api";
import { pageOf } from "@recado/contract/admin-fields";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";

/** `template list`. */
export function addTemplateList(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("list")
      .description("List the templates of a project")
      .argument("<project>", "its id"),
  ).action(async (id: string, query: PageOptions, command: Command) => {
    const shell = open(command);
    const page = await shell.call({
      method: "GET",
      path: `/projects/${encodeURIComponent(id)}/templates`,
      query: { limit: query.limit, cursor: query.cursor },
      answer: pageOf(template),
    });
    shell.showPage(page, [
      ["ID_TEMPLATE", (row) => row.number],
      ["NAME", (row) => row.name],
      ["LANGUAGE", (row) => row.language],
      ["CATEGORY", (row) => row.category],
      ["STATUS", (row) => row.status],
      ["VARIABLES", (row) => row.variables],
      ["HEADER", (row) => row.header],
      ["VERIFIED", (row) => row.verifiedAt],
      ["REASON", (row) => row.rejectedReason],
    ]);
  });
}
