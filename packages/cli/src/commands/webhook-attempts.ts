import { deliveryWithCalls } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

/** `webhook attempts`. */
export function addWebhookAttempts(noun: Command, open: OpenShell): void {
  noun
    .command("attempts")
    .description("Show one delivery and every call that was made for it")
    .argument("<delivery>", "its id (the webhook-id)")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/deliveries/${encodeURIComponent(id)}`;
      const whole = await shell.call({ method: "GET", path, answer: deliveryWithCalls });
      const { calls, ...delivery } = whole;
      shell.showThing(delivery, whole);
      if (shell.json) return;
      shell.say("");
      shell.showRows(calls, [
        ["CALL", (row) => row.number],
        ["STARTED", (row) => formatMoment(row.startedAt)],
        ["FINISHED", (row) => formatMoment(row.finishedAt)],
        ["HTTP", (row) => row.httpStatus],
        ["ERROR", (row) => row.error],
        ["ANSWER", (row) => row.response],
      ]);
    });
}
