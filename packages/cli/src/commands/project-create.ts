import { project } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { addProjectOptions, type ProjectOptions, projectBody } from "./project-options.ts";

/** `project create`. */
export function addProjectCreate(noun: Command, open: OpenShell): void {
  addProjectOptions(
    noun
      .command("create")
      .description("Create a project: one service of an account")
      .argument("<account>", "whose")
      .argument("<name>", "what people call it")
      .option("--kind <kind>", "multiagente or designer (default multiagente)"),
  ).action(
    async (
      ...[accountId, name, options, command]: [
        string,
        string,
        ProjectOptions & { kind?: string },
        Command,
      ]
    ) => {
      const shell = open(command);
      const made = await shell.call({
        method: "POST",
        path: `/accounts/${encodeURIComponent(accountId)}/projects`,
        body: { ...projectBody(options), kind: options.kind, name },
        answer: project,
      });
      shell.showThing(made);
    },
  );
}
