import { optOutRules } from "@recado/contract/admin-limits-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

interface Options {
  out?: string[];
  in?: string[];
  outReply?: string;
  inReply?: string;
  reset?: boolean;
}

/** `opt-out rules`. */
export function addOptOutRules(noun: Command, open: OpenShell): void {
  noun
    .command("rules")
    .description("Show a project's opt-out words and answers, or set them anew, all of them")
    .argument("<project>", "its id")
    .option("--out <words...>", "what opts a person out")
    .option("--in <words...>", "what opts a person in again")
    .option("--out-reply <text>", "answered to the first; paid for as any free text")
    .option("--in-reply <text>", "answered to the second")
    .option("--reset", "back to the usual words, and no answer")
    .action(async (id: string, options: Options, command: Command) => {
      const shell = open(command);
      const { out, in: back, outReply, inReply } = options;
      const path = `/projects/${encodeURIComponent(id)}/opt-out-rules`;
      const rules = { outWords: out, inWords: back, outReply, inReply };
      const shown =
        Object.keys(options).length === 0
          ? await shell.call({ method: "GET", path, answer: optOutRules })
          : await shell.call({ method: "POST", path, body: rules, answer: optOutRules });
      const { outWords, inWords, ...replies } = shown;
      const words = { outWords: outWords.join(", "), inWords: inWords.join(", ") };
      shell.showThing({ ...words, ...replies }, shown);
    });
}
