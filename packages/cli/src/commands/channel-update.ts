import { channel } from "@recado/contract/admin-api";
import type { Command } from "commander";
import { type OpenShell, parseNumber } from "../open-shell.ts";

interface Options {
  accessToken?: string;
  rate?: number;
  state?: string;
  baseUrl?: string;
  apiVersion?: string;
}

/** `channel update`. */
export function addChannelUpdate(noun: Command, open: OpenShell): void {
  noun
    .command("update")
    .description("Change an official number; a new access token also ends a rest")
    .argument("<channel>", "its id")
    .option("--access-token <token>", "- reads it from standard input")
    .option("--rate <count>", "messages a second, 1 to 1000", parseNumber)
    .option(
      "--state <state>",
      "active or inactive; an inactive one answers 5, or leaves to the second number",
    )
    .option("--base-url <url>", "where the provider is")
    .option("--api-version <version>", "such as v23.0")
    .action(async (id: string, options: Options, command: Command) => {
      const shell = open(command);
      const { accessToken, rate, state, baseUrl, apiVersion } = options;
      const changed = await shell.call({
        method: "PATCH",
        path: `/channels/${encodeURIComponent(id)}`,
        body: {
          ...{ state, baseUrl, apiVersion },
          ratePerSecond: rate,
          accessToken: accessToken === undefined ? undefined : await shell.readSecret(accessToken),
        },
        answer: channel,
      });
      shell.showThing(changed);
    });
}
