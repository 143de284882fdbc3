import { project } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { addProjectOptions, type ProjectOptions, projectBody } from "./project-options.ts";

/** `project update`. */
export function addProjectUpdate(noun: Command, open: OpenShell): void {
  addProjectOptions(
    noun
      .command("update")
      .description("Change a project; what is not named stays")
      .argument("<project>", "its id")
      .option("--name <name>", "what people call it"),
  ).action(async (id: string, options: ProjectOptions, command: Command) => {
    const shell = open(command);
    const changed = await shell.call({
      method: "PATCH",
      path: `/projects/${encodeURIComponent(id)}`,
      body: projectBody(options),
      answer: project,
    });
    shell.showThing(changed);
  });
}
