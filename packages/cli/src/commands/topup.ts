import { topupResult } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `topup`. */
export function addTopup(program: Command, open: OpenShell): void {
  program
    .command("topup")
    .description("Put money into an account's wallet, once for each reference")
    .argument("<account>", "its id")
    .argument("<amount>", "in its currency, such as 125000.50")
    .requiredOption("--reference <text>", "your own, such as the bank's; a repeat changes nothing")
    .option("--note <text>", "kept with it")
    .action(
      async (
        ...[id, amount, options, command]: [
          string,
          string,
          { reference: string; note?: string },
          Command,
        ]
      ) => {
        const shell = open(command);
        const result = await shell.call({
          method: "POST",
          path: `/accounts/${encodeURIComponent(id)}/topups`,
          body: { amount, reference: options.reference, note: options.note },
          answer: topupResult,
        });
        shell.showThing({ balance: result.balance, currency: result.currency }, result);
        if (result.repeated) shell.say("This reference was booked before: nothing has changed.");
      },
    );
}
