import { doctorReport } from "@recado/contract/admin-activity-api";
import { channelReport } from "@recado/contract/admin-doctor-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import type { Shell } from "../shell.ts";

/** `doctor`. */
export function addDoctor(program: Command, open: OpenShell): void {
  program
    .command("doctor")
    .description("Look at everything that must work; exit code 1 when something does not")
    .option("--channel <id>", "one number instead, from both sides: its provider and the way to us")
    .action(async (options: { channel?: string }, command: Command) => {
      const shell = open(command);
      if (options.channel !== undefined) return lookAtChannel(shell, options.channel);
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

async function lookAtChannel(shell: Shell, id: string): Promise<void> {
  const path = `/channels/${encodeURIComponent(id)}/doctor`;
  const report = await shell.call({ method: "GET", path, answer: channelReport });
  if (report.state === "wrong") process.exitCode = 1;
  if (shell.json) {
    shell.showThing(report);
    return;
  }
  shell.showRows(report.findings, [
    ["", (row) => row.state],
    ["WHAT", (row) => row.check],
    ["HOW IT IS", (row) => row.detail],
  ]);
  for (const { check, cure } of report.findings) {
    if (cure === null) continue;
    shell.say(`${check}: ${cure.es}.`);
    shell.say(`${" ".repeat(check.length)}  ${cure.en}.`);
  }
}
