import { user } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `user password`. */
export function addUserPassword(noun: Command, open: OpenShell): void {
  noun
    .command("password")
    .description("Give a user a new password, read from standard input")
    .argument("<user>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const changed = await shell.call({
        method: "PATCH",
        path: `/users/${encodeURIComponent(id)}`,
        body: { password: await shell.readSecret("-") },
        answer: user,
      });
      shell.showThing(changed);
    });
}
