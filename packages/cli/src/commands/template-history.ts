import { changes } from "@recado/contract/admin-template-api";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";

/** `template history`. */
export function addTemplateHistory(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("history")
      .description("List what happened to a template, newest first")
      .argument("<id_template>", "its number"),
  ).action(async (id: string, query: PageOptions, command: Command) => {
    const shell = open(command);
    const page = await shell.call({
      method: "GET",
      path: `/templates/${encodeURIComponent(id)}/changes`,
      query: { limit: query.limit, cursor: query.cursor },
      answer: changes,
    });
    shell.showPage(page, [
      ["AT", (row) => row.at],
      ["WHAT", (row) => row.kind],
      ["FROM", (row) => row.from],
      ["TO", (row) => row.to],
      ["SOURCE", (row) => row.source],
      ["COUNTED", (row) => (row.applied ? "yes" : "came late")],
      ["REASON", (row) => row.reason],
    ]);
  });
}
