/**
 * Runs a program under `node --watch` for `npm run dev`, and ends with our parent: the watcher itself would go on for ever
 * when the terminal is gone, waiting for a file to change.
 */
import { spawn } from "node:child_process";

const flags = ["--disable-warning=ExperimentalWarning", "--watch", "--watch-preserve-output"];
const child = spawn(process.execPath, [...flags, ...process.argv.slice(2)], {
  stdio: ["pipe", "inherit", "inherit"],
});
const stop = () => child.kill("SIGTERM");
process.on("SIGTERM", stop);
process.stdin.on("end", stop).resume();
child.on("exit", (code) => process.exit(code ?? 1));
