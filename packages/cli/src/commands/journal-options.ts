import type { Command } from "commander";
import { CommandFailure } from "../command-failure.ts";
import { parseMoment } from "../open-shell.ts";

/** What `--account`, `--app`, `--channel`, `--since` and `--until` are read into. */
export interface JournalOptions {
  account?: string;
  app?: string;
  channel?: string;
  since?: string;
  until?: string;
}

/** Adds the options by which every command on the journal says which posts it means. */
export function addJournalOptions(command: Command): Command {
  return command
    .option("--account <id>", "posts to the apps of this account")
    .option("--app <id>", "posts to this app")
    .option("--channel <id>", "posts to the app of this official number")
    .option("--since <moment>", "that came at or after", parseMoment)
    .option("--until <moment>", "that came before", parseMoment);
}

/** As the server wants them. Refuses what does not say exactly one of account, app and channel, in the options' own names. */
export function toWanted(options: JournalOptions) {
  const { account, app, channel, since, until } = options;
  if ([account, app, channel].filter((one) => one !== undefined).length !== 1) {
    throw new CommandFailure("Say whose posts: exactly one of --account, --app and --channel.");
  }
  return { accountId: account, appId: app, channelId: channel, since, until };
}
