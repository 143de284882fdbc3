import { journalPage } from "@recado/contract/admin-journal-api";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";
import { formatMoment } from "../table.ts";
import { addJournalOptions, type JournalOptions, toWanted } from "./journal-options.ts";

type Options = PageOptions & JournalOptions & { state?: string; ignored?: string };

/** `journal list`. */
export function addJournalList(noun: Command, open: OpenShell): void {
  const command = noun.command("list").description("List what providers posted, newest first");
  addPageOptions(
    addJournalOptions(command)
      .option("--state <state>", "new, done, failed, anomalous")
      .option("--ignored <name>", "that held something of this name which was not acted upon"),
  ).action(async (options: Options, command: Command) => {
    const shell = open(command);
    const { state, ignored, limit, cursor } = options;
    const page = await shell.call({
      method: "GET",
      path: "/journal",
      query: { ...toWanted(options), state, ignored, limit, cursor },
      answer: journalPage,
    });
    shell.showPage(page, [
      ["ID", (row) => row.id],
      ["CAME", (row) => formatMoment(row.receivedAt)],
      ["PROVIDER", (row) => row.provider],
      ["STATE", (row) => row.state],
      ["ITEMS", (row) => row.items],
      ["BYTES", (row) => row.bytes],
      ["IGNORED", (row) => (row.ignored === null ? "" : Object.keys(row.ignored).join(", "))],
      ["ERROR", (row) => row.error],
    ]);
  });
}
