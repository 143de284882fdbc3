#!/usr/bin/env node
// Starts the command line with a node that runs TypeScript: this one if it is new enough, else the one
// that npm installed with the product. Plain JavaScript, so that an old node can at least say so.
//
// `serve`, `migrate`, `admin-token`, `backup`, `restore` and `restored` work on this machine's database instead of over HTTP. They are the
// server's own program, which is handed the process: no second one would have to pass signals on.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const self = fileURLToPath(import.meta.url);
const commandLine = new URL("../src/main.ts", import.meta.url);
const server = new URL("../../server/src/main.ts", import.meta.url);
const installed = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));
const args = process.argv.slice(2);
const OWN = ["serve", "migrate", "admin-token", "backup", "restore", "restored"];
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 19)) {
  const wantsServer = OWN.includes(args[0] ?? "");
  if (wantsServer && !existsSync(server)) {
    process.stderr.write(
      `recado: ${args[0]} runs where the server is installed, and it is not here.\n`,
    );
    process.exitCode = 1;
  } else {
    await import((wantsServer ? server : commandLine).href);
  }
} else if (existsSync(installed)) {
  const child = spawn(installed, [self, ...args], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`recado: ${installed} cannot be run: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
} else {
  process.stderr.write("recado needs Node 22.19 or newer; run npm install beside it first.\n");
  process.exitCode = 1;
}
