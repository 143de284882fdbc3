import { endpoint } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { addWebhookOptions, type WebhookOptions, webhookBody } from "./webhook-options.ts";

/** `webhook update`. */
export function addWebhookUpdate(noun: Command, open: OpenShell): void {
  addWebhookOptions(
    noun
      .command("update")
      .description(
        "Change an endpoint; what is not named stays, `all` or `none` takes a limit away",
      )
      .argument("<endpoint>", "its id")
      .option("--url <url>", "where to"),
  ).action(async (id: string, options: WebhookOptions, command: Command) => {
    const shell = open(command);
    const changed = await shell.call({
      method: "PATCH",
      path: `/endpoints/${encodeURIComponent(id)}`,
      body: webhookBody(options),
      answer: endpoint,
    });
    shell.showThing(changed);
  });
}
