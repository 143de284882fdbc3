import { userLink } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `user link`. */
export function addUserLink(noun: Command, open: OpenShell): void {
  noun
    .command("link")
    .description("Make a link by which a user chooses a password, once, and show it")
    .argument("<user>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const made = await shell.call({
        method: "POST",
        path: `/users/${encodeURIComponent(id)}/link`,
        answer: userLink,
      });
      shell.showThing({ link: made.secretLink, expiresAt: made.expiresAt }, made);
      shell.say("Hand the link on now: it is not stored and cannot be shown again.");
    });
}
