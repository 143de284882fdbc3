import { token } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `token revoke`. */
export function addTokenRevoke(noun: Command, open: OpenShell): void {
  noun
    .command("revoke")
    .description("End a token for good, at once")
    .argument("<token>", "its id, not its secret")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/tokens/${encodeURIComponent(id)}/revoke`;
      shell.showThing(await shell.call({ method: "POST", path, answer: token }));
    });
}
