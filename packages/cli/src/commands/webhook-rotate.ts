import { rotatedSecret } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `webhook rotate`. */
export function addWebhookRotate(noun: Command, open: OpenShell): void {
  noun
    .command("rotate")
    .description("Make a new signing secret; the old one stays good for a day")
    .argument("<endpoint>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/endpoints/${encodeURIComponent(id)}/rotate`;
      shell.showThing(await shell.call({ method: "POST", path, answer: rotatedSecret }));
      shell.say("Keep the secret now: it is not shown again. Both sign for a day.");
    });
}
