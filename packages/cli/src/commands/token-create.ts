import { createdToken, TOKEN_SCOPES } from "@recado/contract/admin-api";
import type { Command } from "commander";
import { type OpenShell, parseMoment } from "../open-shell.ts";

interface Options {
  account?: string;
  login?: string;
  project?: string;
  scopes?: string[];
  label?: string;
  expires?: string;
}

/** `token create`. */
export function addTokenCreate(noun: Command, open: OpenShell): void {
  noun
    .command("create")
    .description("Make a token and show it, once")
    .argument("<kind>", "ws (the manual's API), api (/v1) or admin (this command line)")
    .option(
      "--account <id>",
      "whose; an admin token without one is the operator's, with one that reseller's",
    )
    .option("--login <login>", "the user it goes with, instead of --account; a ws token needs one")
    .option("--project <id>", "confine it to one project")
    .option("--scopes <scopes...>", `what an api token may do: ${TOKEN_SCOPES.join(", ")}`)
    .option("--label <text>", "what it is for")
    .option("--expires <moment>", "when it ends (default never)", parseMoment)
    .action(async (kind: string, options: Options, command: Command) => {
      const shell = open(command);
      const { account, login, project, scopes, label, expires } = options;
      const made = await shell.call({
        method: "POST",
        path: "/tokens",
        body: {
          ...{ kind, accountId: account, login, projectId: project, scopes, label },
          expiresAt: expires,
        },
        answer: createdToken,
      });
      shell.showThing({ id: made.row.id, kind, token: made.token }, made);
      shell.say("Keep the token now: it is not stored and cannot be shown again.");
    });
}
