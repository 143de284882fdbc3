import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readAudit } from "./read-audit.ts";

const ADVISORY = {
  id: 1,
  url: "https://example.test/1",
  title: "Reads what it should not",
  severity: "high",
  vulnerable_versions: "<2.0.0",
};

/** npm reads the package too, to see which of its versions are meant. */
const PACKAGE = JSON.stringify({
  name: "bad-part",
  "dist-tags": { latest: "1.0.0" },
  versions: { "1.0.0": { name: "bad-part", version: "1.0.0", dist: {} } },
});

test("an advisory that npm itself finds in a registry is a failure, with its title", async () => {
  const folder = mkdtempSync(join(tmpdir(), "recado-audit-"));
  const { url, close } = await openRegistry(JSON.stringify({ "bad-part": [ADVISORY] }));
  try {
    writeProject(folder);
    assert.deepEqual(readAudit(await audit(folder, url)), {
      kind: "vulnerable",
      findings: [{ name: "bad-part", severity: "high", titles: ["Reads what it should not"] }],
    });
  } finally {
    await close();
    rmSync(folder, { recursive: true });
  }
});

test("moderate findings are counted and pass", () => {
  const vulnerabilities = { a: { name: "a", severity: "moderate", via: ["b"] } };
  assert.deepEqual(readAudit(JSON.stringify({ vulnerabilities })), { kind: "clean", lesser: 1 });
});

test("a registry that has no advisories, and an answer that is no JSON, are not called clean", () => {
  for (const output of ['{"message":"405 Method Not Allowed"}', "", "null", "npm error"]) {
    assert.equal(readAudit(output).kind, "unavailable");
  }
});

/** npm ends with 1 when it finds something: only what it says counts. */
function audit(folder: string, url: string): Promise<string> {
  const args = ["audit", "--json", `--registry=${url}`];
  return new Promise((resolve) => {
    execFile("npm", args, { cwd: folder, timeout: 60_000 }, (_error, stdout) => resolve(stdout));
  });
}

async function openRegistry(advisories: string) {
  const server = createServer((request, response) => {
    const isAsked = request.url?.endsWith("/advisories/bulk") === true;
    request.resume().on("end", () => response.end(isAsked ? advisories : PACKAGE));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function writeProject(folder: string): void {
  const dependencies = { "bad-part": "1.0.0" };
  const root = { name: "tried", version: "1.0.0", dependencies };
  writeFileSync(join(folder, "package.json"), JSON.stringify(root));
  const packages = { "": root, "node_modules/bad-part": { version: "1.0.0" } };
  const lock = { name: "tried", version: "1.0.0", lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify(lock));
}
