import { createdChannel } from "@recado/contract/admin-api";
import { type Command, Option } from "commander";
import { CommandFailure } from "../command-failure.ts";
import { type OpenShell, parseNumber } from "../open-shell.ts";
import type { Shell } from "../shell.ts";

interface Options {
  provider: string;
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
    .addOption(
      new Option("--provider <name>", "who carries its messages")
        .choices(["meta-cloud", "gupshup"])
        .default("meta-cloud"),
    )
    .requiredOption("--number <digits>", "the number, country code first, without +")
    .requiredOption("--number-id <id>", "Meta's phone number id; Gupshup's app name")
    .requiredOption("--business-id <id>", "Meta's business account (WABA) id; Gupshup's app id")
    .requiredOption(
      "--access-token <token>",
      "a permanent one, Gupshup's apikey; - is the next line of standard input, @/file or env:NAME",
    )
    .option("--app <id>", "an app of this account that is known already")
    .option(
      "--app-secret <secret>",
      "of a new app: what proves its webhooks; -, @/file or env:NAME as well",
    )
    .option("--verify-token <text>", "of a new app (default: a random one); likewise")
    .option("--base-url <url>", "default: the provider's own address")
    .option("--api-version <version>", "default v23.0; Gupshup has none")
    .option("--rate <count>", "messages a second (default 80, at Gupshup 20)", parseNumber)
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
      if (made.channel.provider === "gupshup") {
        shell.say("Gupshup signs nothing: have it send the app secret in the header");
        shell.say("x-recado-secret, or put the verify token behind the address: …/<verify token>");
      }
    });
}

async function readBody(shell: Shell, options: Options): Promise<object> {
  const { app, appSecret, verifyToken } = options;
  if ((app === undefined) === (appSecret === undefined)) {
    throw new CommandFailure("Say either --app (a known app) or --app-secret (a new one).");
  }
  return {
    provider: options.provider,
    officialNumber: options.number,
    numberId: options.numberId,
    businessId: options.businessId,
    // In this order: a `-` each takes a line of standard input.
    accessToken: await shell.readSecret(options.accessToken),
    app: app === undefined ? await readApp(shell, { appSecret, verifyToken }) : { id: app },
    baseUrl: options.baseUrl,
    apiVersion: options.apiVersion,
    ratePerSecond: options.rate,
  };
}

async function readApp(
  shell: Shell,
  { appSecret = "", verifyToken }: Pick<Options, "appSecret" | "verifyToken">,
): Promise<object> {
  return {
    appSecret: await shell.readSecret(appSecret),
    verifyToken: verifyToken === undefined ? undefined : await shell.readSecret(verifyToken),
  };
}
