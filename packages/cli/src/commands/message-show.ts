import { messageTimeline } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { z } from "zod";
import type { OpenShell } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

type Timeline = z.infer<typeof messageTimeline>;

interface Step {
  at: string;
  what: string;
  detail: string;
}

/** `message show`. */
export function addMessageShow(noun: Command, open: OpenShell): void {
  noun
    .command("show")
    .description("Show a message and its timeline: calls, events, money, webhooks")
    .argument("<message>", "its id (the manual's messageId)")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/messages/${encodeURIComponent(id)}`;
      const whole = await shell.call({ method: "GET", path, answer: messageTimeline });
      shell.showThing(whole.message, whole);
      if (shell.json) return;
      shell.say("");
      shell.showRows(listSteps(whole), [
        ["AT", (step) => formatMoment(step.at)],
        ["WHAT", (step) => step.what],
        ["", (step) => step.detail],
      ]);
    });
}

/** All that happened, in the order of its time; what is equal keeps the order of its list. */
function listSteps(whole: Timeline): Step[] {
  const steps: Step[] = [
    ...whole.transfers.map((row) => ({
      at: row.at,
      what: `money: ${row.kind}`,
      detail: `${row.signed} → balance ${row.balanceAfter}`,
    })),
    ...whole.events.map((row) => ({
      at: row.at,
      what: `event: ${row.kind}`,
      detail: row.data === null ? "" : JSON.stringify(row.data),
    })),
    ...whole.attempts.map((row) => ({
      at: row.startedAt,
      what: `call ${row.number} of the provider`,
      detail: [row.outcome ?? "under way", row.code, row.reason].filter(Boolean).join(" "),
    })),
    ...whole.deliveries.flatMap((row) =>
      row.calls.map((call) => ({
        at: call.startedAt,
        what: `webhook: ${row.kind}, call ${call.number}`,
        detail: [call.httpStatus ? `HTTP ${call.httpStatus}` : null, call.error, row.state]
          .filter(Boolean)
          .join(" "),
      })),
    ),
  ];
  return steps.sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
}
