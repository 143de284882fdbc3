import { CommanderError } from "commander";
import { CommandFailure } from "./command-failure.ts";
import { createProgram } from "./program.ts";
import type { World } from "./shell.ts";

/**
 * Runs one command and gives the exit code: 0 done, 1 refused or failed (why is on stderr), 2 not a
 * command that exists (how it is used is on stderr). Nothing is printed on stdout but the result.
 */
export async function runCommand(args: readonly string[], world: World): Promise<number> {
  const program = createProgram(world);
  try {
    await program.parseAsync(args, { from: "user" });
    return process.exitCode === undefined ? 0 : Number(process.exitCode);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof CommandFailure)) throw error;
    world.stderr.write(`recado: ${error.message}\n`);
    for (const line of error.lines) world.stderr.write(`  ${line}\n`);
    return 1;
  }
}
