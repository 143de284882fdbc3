import type { Command } from "commander";
import { CommandFailure } from "../command-failure.ts";

/** Who is meant. */
export interface PersonOptions {
  mobile?: string;
  userId?: string;
  contact?: string;
}

/** Adds the three ways to say who is meant. */
export function addPersonOptions(command: Command): Command {
  return command
    .option("--mobile <digits>", "who: by number, country code first, without +")
    .option("--user-id <id>", "who: by WhatsApp's id of somebody who hides the number")
    .option("--contact <id>", "who: by contact");
}

/** Reads them; refuses none and more than one. */
export function readPerson({ mobile, userId, contact }: PersonOptions) {
  const given = [mobile, userId, contact].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new CommandFailure("Give exactly one of --mobile, --user-id and --contact.");
  }
  return { mobile, userId, contactId: contact };
}
