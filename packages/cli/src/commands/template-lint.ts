import { lintAnswer } from "@recado/contract/v1/templates";
import type { Command } from "commander";
import { CommandFailure } from "../command-failure.ts";
import type { OpenShell } from "../open-shell.ts";
import { readJsonFile } from "./read-json-file.ts";
import { showFindings } from "./show-template.ts";

/** `template lint`. */
export function addTemplateLint(noun: Command, open: OpenShell): void {
  noun
    .command("lint")
    .description("Say what WhatsApp would refuse or mind in a template; ends with 1 on errors")
    .argument("<file>", 'JSON as for create: {"name","language","category","body",…}')
    .option("--project <id>", "look at its number and its other templates too")
    .action(async (...[file, options, command]: [string, { project?: string }, Command]) => {
      const shell = open(command);
      const { project } = options;
      const place = project === undefined ? "" : `/projects/${encodeURIComponent(project)}`;
      const answer = await shell.call({
        method: "POST",
        path: `${place}/templates/lint`,
        body: await readJsonFile(file),
        answer: lintAnswer,
      });
      const count = (grade: string) =>
        answer.findings.filter(({ severity }) => severity === grade).length;
      shell.showThing(
        { errors: count("error"), warnings: count("warning"), hints: count("hint") },
        answer,
      );
      showFindings(shell, answer.findings);
      if (!answer.ok) throw new CommandFailure("WhatsApp would refuse this template.");
    });
}
