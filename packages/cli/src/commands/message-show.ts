import { messageTimeline } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { z } from "zod";
import type { OpenShell } from "../open-shell.ts";
import { formatMoment, formatText } from "../table.ts";

type Timeline = z.infer<typeof messageTimeline>;

interface Step {
  at: string;
  /** Where it stands among the others. */
  orderMs: number;
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
      const { content, file, ...fields } = whole.message;
      shell.showThing({ ...fields, ...describeFile(file) }, whole);
      if (shell.json) return;
      if (content !== null) shell.say(`\nContent: ${formatText(JSON.stringify(content, null, 2))}`);
      shell.say("");
      shell.showRows(listSteps(whole), [
        ["AT", (step) => formatMoment(step.at)],
        ["WHAT", (step) => step.what],
        ["", (step) => step.detail],
      ]);
    });
}

function describeFile(file: Timeline["message"]["file"]): Record<string, string> {
  if (file === null) return {};
  const said = [file.state, file.mime, file.name, file.error];
  return { file: said.filter((part) => part !== null).join(" · ") };
}

/**
 * All that happened, in order. Events keep the order of their numbers: WhatsApp's own times have whole
 * seconds, so that by the clock a message would fail before it was accepted.
 */
function listSteps(whole: Timeline): Step[] {
  const steps = [...listEvents(whole), ...listMoney(whole), ...listCalls(whole)];
  return steps.sort((left, right) => left.orderMs - right.orderMs);
}

function listEvents(whole: Timeline): Step[] {
  let orderMs = 0;
  return whole.events.map((row) => {
    orderMs = Math.max(orderMs, Date.parse(row.at));
    const detail = row.data === null ? "" : JSON.stringify(row.data);
    return { at: row.at, orderMs, what: `event: ${row.kind}`, detail };
  });
}

function listMoney(whole: Timeline): Step[] {
  return whole.transfers.map((row) => ({
    at: row.at,
    orderMs: Date.parse(row.at),
    what: `money: ${row.kind}`,
    detail: `${row.signed} → balance ${row.balanceAfter}`,
  }));
}

function listCalls(whole: Timeline): Step[] {
  const provider = whole.attempts.map((row) => ({
    at: row.startedAt,
    orderMs: Date.parse(row.startedAt),
    what: `call ${row.number} of the provider`,
    detail: [row.outcome ?? "under way", row.code, row.reason].filter(Boolean).join(" "),
  }));
  const webhooks = whole.deliveries.flatMap((row) =>
    row.calls.map((call) => ({
      at: call.startedAt,
      orderMs: Date.parse(call.startedAt),
      what: `webhook: ${row.kind}, call ${call.number}`,
      detail: [call.httpStatus ? `HTTP ${call.httpStatus}` : null, call.error, row.state]
        .filter(Boolean)
        .join(" "),
    })),
  );
  return [...provider, ...webhooks];
}
