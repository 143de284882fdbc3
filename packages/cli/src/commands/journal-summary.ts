import { journalSummary } from "@recado/contract/admin-journal-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { addJournalOptions, type JournalOptions, toWanted } from "./journal-options.ts";

/** `journal summary`. */
export function addJournalSummary(noun: Command, open: OpenShell): void {
  addJournalOptions(
    noun.command("summary").description("Count posts by state, and what was ignored in them"),
  ).action(async (options: JournalOptions, command: Command) => {
    const shell = open(command);
    const query = toWanted(options);
    const path = "/journal/summary";
    const whole = await shell.call({ method: "GET", path, query, answer: journalSummary });
    const { ignored, ...counts } = whole;
    shell.showThing(counts, whole);
    if (shell.json || ignored.length === 0) return;
    shell.say("");
    shell.showRows(ignored, [
      ["IGNORED", (row) => row.what],
      ["POSTS", (row) => row.posts],
    ]);
  });
}
