import { createdChannel } from "@recado/contract/admin-api";
import type { Command } from "commander";
import { CommandFailure } from "../command-failure.ts";
import { type OpenShell, parseNumber } from "../open-shell.ts";
import type { Shell } from "../shell.ts";

interface Options {
  number: string;
  numberId: string;
  businessId: string;
  accessToken: string;
  app?: string;
  appSecret?: string;
  verifyToken?: string;
  baseUrl?: string;
  apiVersion?: string;
  rate?: number;
}

/** `channel add`. */
export function addChannelAdd(noun: Command, open: OpenShell): void {
  noun
    .command("add")
    .description("Add an official number of an account")
    .argument("<account>", "whose")
    .requiredOption("--number <digits>", "the number, country code first, without +")
    .requiredOption("--number-id <id>", "Meta's phone number id")
    .requiredOption("--business-id <id>", "Meta's WhatsApp business account (WABA) id")
    .requiredOption("--access-token <token>", "a permanent one; - reads it from standard input")
    .option("--app <id>", "an app of this account that is known already")
    .option("--app-secret <secret>", "of a new app: what signs its webhooks")
    .option("--verify-token <text>", "of a new app (default: a random one)")
    .option("--base-url <url>", "default https://graph.facebook.com")
    .option("--api-version <version>", "default v23.0")
    .option("--rate <count>", "messages a second (default 80)", parseNumber)
    .action(async (accountId: string, options: Options, command: Command) => {
      const shell = open(command);
      const made = await shell.call({
        method: "POST",
        path: `/accounts/${encodeURIComponent(accountId)}/channels`,
        body: await readBody(shell, options),
        answer: createdChannel,
      });
      shell.showThing(made.channel, made);
      shell.say(`At the provider, let webhooks be posted to: ${made.hookUrl}`);
      if (made.verifyToken !== null) {
        shell.say(`Verify token, shown now and never again: ${made.verifyToken}`);
      }
    });
}

async function readBody(shell: Shell, options: Options): Promise<object> {
  const { app, appSecret, verifyToken } = options;
  if ((app === undefined) === (appSecret === undefined)) {
    throw new CommandFailure("Say either --app (a known app) or --app-secret (a new one).");
  }
  return {
    officialNumber: options.number,
    numberId: options.numberId,
    businessId: options.businessId,
    accessToken: await shell.readSecret(options.accessToken),
    app: app === undefined ? { appSecret, verifyToken } : { id: app },
    baseUrl: options.baseUrl,
    apiVersion: options.apiVersion,
    ratePerSecond: options.rate,
  };
}
