import { readFile } from "node:fs/promises";
import { submitted, template } from "@recado/contract/v1/templates";
import type { Command } from "commander";
import { CommandFailure } from "../command-failure.ts";
import type { OpenShell } from "../open-shell.ts";
import { showFindings, showTemplate } from "./show-template.ts";

interface Options {
  force?: boolean;
  sample?: string;
}

/** `template submit`. */
export function addTemplateSubmit(noun: Command, open: OpenShell): void {
  noun
    .command("submit")
    .description("Lint a draft or an edit and hand it to WhatsApp for review")
    .argument("<id_template>", "its number")
    .option("--force", "pass over warnings; errors are never passed over")
    .option("--sample <file>", "a file that shows what a media header may hold")
    .action(async (...[id, options, command]: [string, Options, Command]) => {
      const shell = open(command);
      const path = `/templates/${encodeURIComponent(id)}`;
      if (options.sample !== undefined) {
        const body = { base64: await readBase64(options.sample) };
        await shell.call({ method: "POST", path: `${path}/sample`, body, answer: template });
      }
      const done = await shell.call({
        method: "POST",
        path: `${path}/submit`,
        body: { force: options.force === true },
        answer: submitted,
      });
      showTemplate(shell, done.template);
      showFindings(shell, done.findings);
    });
}

async function readBase64(file: string): Promise<string> {
  try {
    return (await readFile(file)).toString("base64");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(`${file} cannot be read: ${why}`);
  }
}
