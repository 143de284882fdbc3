import { retention } from "@recado/contract/admin-operator-api";
import { type Command, InvalidArgumentError } from "commander";
import { type OpenShell, parseNumber } from "../open-shell.ts";

interface Options {
  bodies?: number | "forever";
  events?: number | "forever";
  deliveries?: number | "forever";
  journal?: number | "forever";
}

/** `retention set`. */
export function addRetentionSet(noun: Command, open: OpenShell): void {
  noun
    .command("set")
    .description("Say for how many days an account's things are kept, 7 at least, or forever")
    .argument("<account>", "its id")
    .option("--bodies <days>", "what messages said, and their files", parseDays)
    .option("--events <days>", "what happened to messages, and the calls for them", parseDays)
    .option("--deliveries <days>", "webhooks that have ended, and their calls", parseDays)
    .option("--journal <days>", "what providers posted, once it has been read", parseDays)
    .action(async (id: string, options: Options, command: Command) => {
      const shell = open(command);
      const days = (wish: Options[keyof Options]) => (wish === "forever" ? null : wish);
      const stored = await shell.call({
        method: "PATCH",
        path: `/accounts/${encodeURIComponent(id)}/retention`,
        body: {
          bodiesDays: days(options.bodies),
          eventsDays: days(options.events),
          deliveriesDays: days(options.deliveries),
          journalDays: days(options.journal),
        },
        answer: retention,
      });
      shell.showThing(stored);
      shell.say("It counts from tonight on. What has been removed does not come back.");
    });
}

function parseDays(text: string): number | "forever" {
  if (text === "forever") return text;
  const days = parseNumber(text);
  if (days < 7) throw new InvalidArgumentError("Nothing is kept for less than 7 days.");
  return days;
}
