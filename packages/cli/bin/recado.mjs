#!/usr/bin/env node
// Starts the command line with a node that runs TypeScript: this one if it is new enough, else the one
// that npm installed with the product. Plain JavaScript, so that an old node can at least say so.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const main = new URL("../src/main.ts", import.meta.url);
const installed = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 19)) {
  await import(main.href);
} else if (existsSync(installed)) {
  const args = [fileURLToPath(main), ...process.argv.slice(2)];
  const child = spawn(installed, args, { stdio: "inherit" });
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
