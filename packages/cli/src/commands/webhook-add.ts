import { createdEndpoint } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { addWebhookOptions, type WebhookOptions, webhookBody } from "./webhook-options.ts";

/** `webhook add`. */
export function addWebhookAdd(noun: Command, open: OpenShell): void {
  addWebhookOptions(
    noun
      .command("add")
      .description("Post a project's events to an address, signed")
      .argument("<project>", "its id")
      .argument("<url>", "where to"),
  ).action(async (...[id, url, options, command]: [string, string, WebhookOptions, Command]) => {
    const shell = open(command);
    // Nothing was set before, so nothing need be taken away.
    const wished = Object.entries(webhookBody({ ...options, url }));
    const made = await shell.call({
      method: "POST",
      path: `/projects/${encodeURIComponent(id)}/endpoints`,
      body: Object.fromEntries(wished.filter(([, value]) => value !== null)),
      answer: createdEndpoint,
    });
    shell.showThing({ id: made.endpoint.id, url: made.endpoint.url, secret: made.secret }, made);
    shell.say("Keep the secret now: it verifies the signatures and is not shown again.");
  });
}
