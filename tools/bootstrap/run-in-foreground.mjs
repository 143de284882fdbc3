import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs a command with our own input and output and gives the exit code that a shell would (128 + signal when it was killed).
 * Signals that reach us are passed on, and we stay until the command has ended.
 */
export function runInForeground(command, args, { cwd, env = process.env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: "inherit" });
    const forward = (signal) => child.kill(signal);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, forward);
    const done = (settle, value) => {
      for (const signal of signals) process.removeListener(signal, forward);
      settle(value);
    };
    child.on("error", (error) => done(reject, error));
    child.on("exit", (code, signal) => done(resolve, code ?? 128 + constants.signals[signal]));
  });
}
