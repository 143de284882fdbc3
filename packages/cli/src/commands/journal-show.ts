import { journalPostWhole } from "@recado/contract/admin-journal-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { formatText } from "../table.ts";

/** `journal show`. */
export function addJournalShow(noun: Command, open: OpenShell): void {
  noun
    .command("show")
    .description("Show a post as it came (personal data), and what is read out of it today")
    .argument("<post>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/journal/${encodeURIComponent(id)}`;
      const whole = await shell.call({ method: "GET", path, answer: journalPostWhole });
      const { ignored, ...post } = whole.post;
      shell.showThing({ ...post, ignored: ignored && JSON.stringify(ignored) }, whole);
      if (shell.json) return;
      shell.say("");
      shell.showRows(whole.reads, [
        ["READ AS", (row) => row.kind],
        ["WHAT", (row) => row.what],
      ]);
      shell.say(`\n${formatText(whole.body)}`);
    });
}
