import { balanceAlert } from "@recado/contract/admin-limits-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

interface Options {
  below: string;
  rearm?: string;
  email?: string[];
  language?: string;
  webhook: boolean;
}

/** `alert add`. */
export function addAlertAdd(noun: Command, open: OpenShell): void {
  noun
    .command("add")
    .description("Tell of it when an account's balance falls below an amount")
    .argument("<account>", "its id")
    .requiredOption("--below <amount>", "such as 50000")
    .option("--rearm <amount>", "fires again once the balance has reached it (default +10 %)")
    .option("--email <addresses...>", "who gets an e-mail")
    .option("--language <language>", "of the e-mails: es or en (default es)")
    .option("--no-webhook", "do not post balance.low to the endpoints that name it")
    .action(async (id: string, options: Options, command: Command) => {
      const shell = open(command);
      const { below, rearm, email, language, webhook } = options;
      const alert = await shell.call({
        method: "POST",
        path: `/accounts/${encodeURIComponent(id)}/balance-alerts`,
        body: { threshold: below, rearmAt: rearm, emails: email, language, webhook },
        answer: balanceAlert,
      });
      shell.showThing(alert);
    });
}
