import { user } from "@recado/contract/admin-api";
import { type Command, InvalidArgumentError } from "commander";
import type { OpenShell } from "../open-shell.ts";

interface Options {
  name?: string;
  email?: string;
  role?: string;
  state?: string;
  operator?: boolean;
}

/** `user update`. */
export function addUserUpdate(noun: Command, open: OpenShell): void {
  noun
    .command("update")
    .description("Change a user; being disabled ends their sessions and tokens")
    .argument("<user>", "its id")
    .option("--name <name>", "the person's name")
    .option("--email <address>", "where to write to; they can sign in by it")
    .option("--role <role>", "owner, administrator, supervisor, agent, developer or read-only")
    .option("--state <state>", "active or disabled")
    .option("--operator <yes|no>", "administers the whole platform in the console", parseYes)
    .action(async (id: string, options: Options, command: Command) => {
      const shell = open(command);
      const { name, email, role, state, operator } = options;
      const changed = await shell.call({
        method: "PATCH",
        path: `/users/${encodeURIComponent(id)}`,
        body: { name, email, role, state, operator },
        answer: user,
      });
      shell.showThing(changed);
    });
}

function parseYes(text: string): boolean {
  if (text !== "yes" && text !== "no") throw new InvalidArgumentError("say yes or no");
  return text === "yes";
}
