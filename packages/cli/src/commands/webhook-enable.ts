import { endpoint } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `webhook enable`. */
export function addWebhookEnable(noun: Command, open: OpenShell): void {
  noun
    .command("enable")
    .description("Let an endpoint be called again; what waited for it leaves")
    .argument("<endpoint>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/endpoints/${encodeURIComponent(id)}/enable`;
      shell.showThing(await shell.call({ method: "POST", path, answer: endpoint }));
    });
}
