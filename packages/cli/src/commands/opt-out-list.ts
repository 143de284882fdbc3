import { pageOf } from "@recado/contract/admin-fields";
import { optOut } from "@recado/contract/admin-limits-api";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

/** `opt-out list`. */
export function addOptOutList(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("list")
      .description("List whom a project sends no marketing, in the order of their numbers")
      .argument("<project>", "its id")
      .option("--mobile <digits>", "only this person, who is listed or not"),
  ).action(async (id: string, options: PageOptions & { mobile?: string }, command: Command) => {
    const shell = open(command);
    const { mobile, limit, cursor } = options;
    const page = await shell.call({
      method: "GET",
      path: `/projects/${encodeURIComponent(id)}/opt-outs`,
      query: { mobile, limit, cursor },
      answer: pageOf(optOut),
    });
    shell.showPage(page, [
      ["MOBILE", (row) => row.mobile],
      ["SINCE", (row) => formatMoment(row.since)],
      ["SOURCE", (row) => row.source],
      ["NOTE", (row) => row.note],
    ]);
  });
}
