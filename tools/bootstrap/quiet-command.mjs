/**
 * Runs a command whose output matters only when it fails. It gets a process group of its own, so that
 * stopping it stops whatever it has started, and no standard input, so that it cannot ask anything.
 */
import { spawn } from "node:child_process";

const outputCharsMax = 200_000;
const noise = /EBADENGINE|^npm (warn|notice)\b/i;

/**
 * Resolves when the command ends with 0. Otherwise rejects with an error whose message holds the command's
 * output (its last 200,000 characters, without npm's warnings). An abort of `signal` ends it.
 */
export function runQuietly(command, args, { cwd, env = process.env, signal, limitMs } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const collect = (chunk) => {
      output = (output + chunk).slice(-outputCharsMax);
    };
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    const kill = () => killGroup(child.pid);
    const limit = limitMs === undefined ? undefined : setTimeout(kill, limitMs);
    signal?.addEventListener("abort", kill, { once: true });
    const finish = (problem) => {
      clearTimeout(limit);
      signal?.removeEventListener("abort", kill);
      if (signal?.aborted) reject(signal.reason);
      else if (problem === null) resolve();
      else reject(new Error(`${command} ${args.join(" ")}: ${problem}\n${withoutNoise(output)}`));
    };
    child.on("error", (error) => finish(error.message));
    child.on("close", (code, killedBy) =>
      finish(code === 0 ? null : `ended with ${code ?? killedBy}`),
    );
  });
}

function withoutNoise(output) {
  return output
    .split("\n")
    .filter((line) => !noise.test(line))
    .join("\n")
    .trim();
}

function killGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It ended at this very moment.
  }
}
