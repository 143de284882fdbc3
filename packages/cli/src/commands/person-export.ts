import { writeFile } from "node:fs/promises";
import { personDocument } from "@recado/contract/admin-person-api";
import type { Command } from "commander";
import { CommandFailure } from "../command-failure.ts";
import type { OpenShell } from "../open-shell.ts";
import { addPersonOptions, type PersonOptions, readPerson } from "./person-options.ts";

/** `person export`. */
export function addPersonExport(noun: Command, open: OpenShell): void {
  addPersonOptions(
    noun
      .command("export")
      .description("Give out everything that an account has about one person, as one JSON document")
      .argument("<account>", "its id")
      .option("--out <file>", "where to write it; a file that is there is not overwritten"),
  ).action(async (id: string, options: PersonOptions & { out?: string }, command: Command) => {
    const shell = open(command);
    const who = readPerson(options);
    const { out } = options;
    if (out === undefined && !shell.json) {
      throw new CommandFailure("Say where to: --out <file>, or --json for standard output.");
    }
    const path = `/accounts/${encodeURIComponent(id)}/person-export`;
    const document = await shell.call({ method: "GET", path, query: who, answer: personDocument });
    if (out !== undefined) await writeNew(out, document);
    const { contacts, conversations, messages, files, events } = document;
    const counts = {
      contacts: contacts.length,
      conversations: conversations.length,
      messages: messages.length,
      files: files.length,
      events: events.length,
    };
    shell.showThing(counts, out === undefined ? document : counts);
  });
}

/** Only its owner may read it. */
async function writeNew(path: string, document: object): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(document, null, 2)}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    throw new CommandFailure(error instanceof Error ? error.message : String(error));
  }
}
