import { user } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `user reset-second-factor`. */
export function addUserResetSecondFactor(noun: Command, open: OpenShell): void {
  noun
    .command("reset-second-factor")
    .description(
      "For who has lost the app and the recovery codes: signing in needs no code any more",
    )
    .argument("<user>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const changed = await shell.call({
        method: "POST",
        path: `/users/${encodeURIComponent(id)}/second-factor/reset`,
        answer: user,
      });
      shell.showThing(changed);
    });
}
