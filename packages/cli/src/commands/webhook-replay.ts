import { delivery, replayResult } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import { CommandFailure } from "../command-failure.ts";
import { type OpenShell, parseMoment } from "../open-shell.ts";
import type { Shell } from "../shell.ts";

interface Options {
  endpoint?: string;
  since?: string;
  until?: string;
  states?: string[];
}

/** `webhook replay`. */
export function addWebhookReplay(noun: Command, open: OpenShell): void {
  noun
    .command("replay")
    .description("Post a delivery once more under its old id, or all of an endpoint's in a span")
    .argument("[delivery]", "its id")
    .option("--endpoint <id>", "all of this endpoint's, instead of one")
    .option("--since <moment>", "created at or after", parseMoment)
    .option("--until <moment>", "created before (default now)", parseMoment)
    .option("--states <states...>", "delivered, exhausted (default exhausted)")
    .action(async (id: string | undefined, options: Options, command: Command) => {
      const shell = open(command);
      const { endpoint, since } = options;
      if (id !== undefined && endpoint === undefined) return replayOne(shell, id);
      if (id === undefined && endpoint !== undefined && since !== undefined) {
        return replayRange(shell, endpoint, options);
      }
      throw new CommandFailure("Say either a delivery, or --endpoint with --since.");
    });
}

async function replayOne(shell: Shell, id: string): Promise<void> {
  const path = `/deliveries/${encodeURIComponent(id)}/replay`;
  shell.showThing(await shell.call({ method: "POST", path, answer: delivery }));
}

async function replayRange(shell: Shell, endpoint: string, options: Options): Promise<void> {
  const { since, until, states } = options;
  const result = await shell.call({
    method: "POST",
    path: `/endpoints/${encodeURIComponent(endpoint)}/replay`,
    body: { since, until, states },
    answer: replayResult,
  });
  shell.showThing(result);
  if (result.more) shell.say("The span holds more: run it again for the rest.");
}
