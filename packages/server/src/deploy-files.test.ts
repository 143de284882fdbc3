import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { SETTINGS } from "./config.ts";

const ROOT = new URL("../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), "utf8");

/** What containers and shells know of besides our settings. */
const OTHERS = new Set(["NODE_ENV", "NODE_OPTIONS"]);

function checkSettings(names: Iterable<string>): void {
  for (const name of names) assert.ok(Object.hasOwn(SETTINGS, name) || OTHERS.has(name), name);
}

test("the compose file can be read, runs two servers, and sets nothing that is not a setting", () => {
  const compose = parse(read("deploy/compose.yaml"), { merge: true });
  const servers = ["recado-1", "recado-2"].map((name) => compose.services[name]);
  for (const server of servers) {
    checkSettings(Object.keys(server.environment));
    assert.equal(server.read_only, true);
  }
  const wanted = [...read("deploy/compose.yaml").matchAll(/\$\{([A-Z_]+)/gu)].map(
    ([, name]) => name,
  );
  const offered = [...read("deploy/example.env").matchAll(/^([A-Z_]+)=/gmu)].map(
    ([, name]) => name,
  );
  assert.deepEqual([...new Set(wanted)].sort(), offered.sort());
});

test("the image runs as an ordinary user and sets nothing that is not a setting", () => {
  const text = read("Dockerfile");
  assert.match(text, /^USER recado$/mu);
  assert.match(text, /^HEALTHCHECK /mu);
  const [, env = ""] = /^ENV (.+)$/mu.exec(text) ?? [];
  checkSettings(env.split(" ").map((pair) => pair.split("=")[0] ?? ""));
  const manifests = [...text.matchAll(/^COPY (\S+\/package\.json) /gmu)].map(([, path]) => path);
  const { workspaces } = JSON.parse(read("package.json")) as { workspaces: string[] };
  assert.deepEqual(manifests.sort(), workspaces.map((one) => `${one}/package.json`).sort());
});

test("the units run what there is", () => {
  for (const unit of ["recado.service", "recado@.service", "recado-backup.service"]) {
    const text = read(`deploy/${unit}`);
    assert.match(text, /^User=recado$/mu);
    assert.match(text, /packages\/cli\/bin\/recado\.mjs/u);
    const [, env = ""] = /^Environment=(.+)$/mu.exec(text) ?? [];
    checkSettings(env.split(" ").map((pair) => pair.split("=")[0] ?? ""));
  }
});
