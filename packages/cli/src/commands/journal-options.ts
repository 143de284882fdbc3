import type { Command } from "commander";
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

/** As the server wants them. */
export function toWanted(options: JournalOptions) {
  const { account, app, channel, since, until } = options;
  return { accountId: account, appId: app, channelId: channel, since, until };
}
