import { doctorReport } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `doctor`. */
export function addDoctor(program: Command, open: OpenShell): void {
  program
    .command("doctor")
    .description("Look at everything that must work; exit code 1 when something does not")
    .action(async (_options: object, command: Command) => {
      const shell = open(command);
      const report = await shell.call({ method: "GET", path: "/doctor", answer: doctorReport });
      if (report.state === "fail") process.exitCode = 1;
      if (shell.json) {
        shell.showThing(report);
        return;
      }
      shell.showRows(report.checks, [
        ["", (row) => row.state],
        ["WHAT", (row) => row.name],
        ["HOW IT IS", (row) => row.detail],
      ]);
      for (const check of report.checks) {
        if (check.cure !== null) shell.say(`${check.name}: ${check.cure}`);
      }
    });
}
