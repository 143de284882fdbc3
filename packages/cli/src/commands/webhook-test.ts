import { testResult } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `webhook test`. */
export function addWebhookTest(noun: Command, open: OpenShell): void {
  noun
    .command("test")
    .description('Post {"type":"test"} to an endpoint now, signed; exit code 1 unless it takes it')
    .argument("<endpoint>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/endpoints/${encodeURIComponent(id)}/test`;
      const result = await shell.call({ method: "POST", path, answer: testResult });
      if (!result.ok) process.exitCode = 1;
      shell.showThing(result);
    });
}
