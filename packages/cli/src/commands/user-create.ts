import { user } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

interface Options {
  name?: string;
  email?: string;
  role?: string;
  password?: string;
}

/** `user create`. */
export function addUserCreate(noun: Command, open: OpenShell): void {
  noun
    .command("create")
    .description("Create a user; the login is what the manual's API calls login")
    .argument("<account>", "whose user")
    .argument("<login>", "unique on the whole platform, whatever its case")
    .option("--name <name>", "the person's name (default: the login)")
    .option("--email <address>", "where to write to")
    .option(
      "--role <role>",
      "owner, administrator, supervisor, agent, developer, read-only (default developer)",
    )
    .option("--password <password>", "for the console; - reads it from standard input")
    .action(async (...[accountId, login, options, command]: [string, string, Options, Command]) => {
      const shell = open(command);
      const { name, email, role } = options;
      const password =
        options.password === undefined ? undefined : await shell.readSecret(options.password);
      const made = await shell.call({
        method: "POST",
        path: `/accounts/${encodeURIComponent(accountId)}/users`,
        body: { login, name, email, role, password },
        answer: user,
      });
      shell.showThing(made);
    });
}
