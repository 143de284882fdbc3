import { endpoint } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `webhook disable`. */
export function addWebhookDisable(noun: Command, open: OpenShell): void {
  noun
    .command("disable")
    .description("Call an endpoint no more; its events wait")
    .argument("<endpoint>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/endpoints/${encodeURIComponent(id)}/disable`;
      shell.showThing(await shell.call({ method: "POST", path, answer: endpoint }));
    });
}
