import { createdEndpoint } from "@recado/contract/admin-activity-api";
import { EVENT_FILTERS } from "@recado/contract/webhook-payloads";
import { type Command, InvalidArgumentError } from "commander";
import type { OpenShell } from "../open-shell.ts";

interface Options {
  events?: string[];
  header?: Record<string, string>;
}

/** `webhook add`. */
export function addWebhookAdd(noun: Command, open: OpenShell): void {
  noun
    .command("add")
    .description("Post a project's events to an address, signed")
    .argument("<project>", "its id")
    .argument("<url>", "where to")
    .option("--events <events...>", `which: ${EVENT_FILTERS.join(", ")} (default the first five)`)
    .option("--header <name:value>", "sent with every call; may be repeated", collectHeader)
    .action(async (...[id, url, options, command]: [string, string, Options, Command]) => {
      const shell = open(command);
      const made = await shell.call({
        method: "POST",
        path: `/projects/${encodeURIComponent(id)}/endpoints`,
        body: { url, events: options.events, headers: options.header },
        answer: createdEndpoint,
      });
      shell.showThing({ id: made.endpoint.id, url: made.endpoint.url, secret: made.secret }, made);
      shell.say("Keep the secret now: it verifies the signatures and is not shown again.");
    });
}

function collectHeader(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf(":");
  if (at < 1) throw new InvalidArgumentError("It must be like X-Shop: 17.");
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
}
