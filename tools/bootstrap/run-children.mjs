/**
 * Keeps a few long-running programs going as one, and ends them as one.
 *
 * - Each child has a process group of its own: a Ctrl-C in the terminal reaches only us, so we decide the order.
 * - Each child's standard input is a pipe from us and `RECADO_PARENT_PIPE=1` is in its environment: a child
 *   that sees its input end knows that we are gone, even after `kill -9`, and must shut down by itself.
 * - To stop: SIGTERM once to each child, in the order given, each after the one before has ended. Whoever is
 *   still there after `graceMs` is killed with its whole group, and the result is 1.
 */
import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

const steadyAfterMs = 60_000;

/**
 * Runs `specs` (`{ name, command, args, cwd, env, restartsMax }`, in the order in which they are to be
 * stopped) until `stop` aborts, and resolves with the exit code for our own process: 0 after an orderly stop, 1 when
 * one had to be killed, and the code of a child that ended by itself more than `restartsMax` times in a row.
 */
export function runChildren(
  specs,
  { stop, graceMs = 9_000, restartDelayMs = 250, say = console.log },
) {
  return new Promise((resolve) => {
    const running = new Map();
    let ending = false;
    let exitCode = 0;

    const end = async (code) => {
      if (ending) return;
      ending = true;
      exitCode = code;
      const limit = setTimeout(() => {
        exitCode = 1;
        for (const [name, { child }] of running) {
          say(`recado: ${name} did not stop in time and was killed`);
          signalGroup(child, "SIGKILL");
        }
      }, graceMs);
      for (const { name } of specs) {
        const one = running.get(name);
        one?.child.kill("SIGTERM");
        await one?.ended;
      }
      clearTimeout(limit);
      resolve(exitCode);
    };

    const keep = async (spec) => {
      for (let restarts = 0; !ending; restarts++) {
        const startedAtMs = Date.now();
        const one = startChild(spec);
        running.set(spec.name, one);
        const outcome = await one.ended;
        running.delete(spec.name);
        if (ending) return;
        if (Date.now() - startedAtMs > steadyAfterMs) restarts = 0;
        if (restarts >= spec.restartsMax) {
          say(`recado: ${spec.name} ended by itself (${outcome.text}); stopping everything`);
          return end(outcome.code);
        }
        say(`recado: ${spec.name} ended by itself (${outcome.text}); starting it again`);
        await delay(restartDelayMs * 2 ** restarts, undefined, { signal: stop }).catch(() => {});
      }
    };

    if (stop.aborted) return resolve(0);
    stop.addEventListener("abort", () => void end(0), { once: true });
    for (const spec of specs) void keep(spec);
  });
}

function startChild({ command, args, cwd, env }) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env, RECADO_PARENT_PIPE: "1" },
    detached: true,
    stdio: ["pipe", "inherit", "inherit"],
  });
  // A child that reads nothing and dies makes the pipe fail; its end is reported below.
  child.stdin.on("error", () => {});
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 1, text: error.message }));
    child.on("exit", (code, signal) =>
      resolve({ code: code ?? 1, text: signal ?? `code ${code}` }),
    );
  });
  return { child, ended };
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It ended at this very moment.
  }
}
