import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { checkImports, type ImportOffence, ruleNames } from "./check-imports.ts";

const config = join(import.meta.dirname, "..", "..", ".dependency-cruiser.cjs");
const server = "packages/server/src";
const root = mkdtempSync(join(tmpdir(), "recado-imports-"));
after(() => rmSync(root, { recursive: true, force: true }));

const page = "packages/console/src";

/** One offence for every rule: the file that commits it, and what it imports; only types, unless `value` is said. */
const offences: Record<string, [file: string, specifier: string, kind?: "value"]> = {
  "platform-keeps-its-place": [`${server}/platform/bad.ts`, "../domain/good.ts"],
  "domain-keeps-its-place": [`${server}/domain/bad.ts`, "../storage/good.ts"],
  "providers-keeps-its-place": [`${server}/providers/one/bad.ts`, "../../storage/good.ts"],
  "storage-keeps-its-place": [`${server}/storage/bad.ts`, "../jobs/good.ts"],
  "jobs-keeps-its-place": [`${server}/jobs/bad.ts`, "../wallet/good.ts"],
  "accounts-keeps-its-place": [`${server}/accounts/bad.ts`, "../wallet/good.ts"],
  "contacts-keeps-its-place": [`${server}/contacts/bad.ts`, "../wallet/good.ts"],
  "wallet-keeps-its-place": [`${server}/wallet/bad.ts`, "../accounts/good.ts"],
  "live-keeps-its-place": [`${server}/live/bad.ts`, "../compose.ts"],
  "webhooks-keeps-its-place": [`${server}/webhooks/bad.ts`, "../wallet/good.ts"],
  "gateway-keeps-its-place": [`${server}/gateway/bad.ts`, "../webhooks/good.ts"],
  "inbox-keeps-its-place": [`${server}/inbox/bad.ts`, "../bot/good.ts"],
  "bot-keeps-its-place": [`${server}/bot/bad.ts`, "../inbox/good.ts"],
  "http-keeps-its-place": [`${server}/http/bad.ts`, "../storage/good.ts"],
  "demo-keeps-its-place": [`${server}/demo/bad.ts`, "../http/good.ts"],
  "every-folder-has-a-place": [`${server}/utils/bad.ts`, "../domain/good.ts"],
  "no-cycles": [`${server}/domain/cycle-one.ts`, "./cycle-two.ts"],
  "packages-meet-at-the-contract": ["packages/cli/src/bad.ts", "../../server/src/domain/good.ts"],
  "tools-are-for-people": ["packages/cli/src/tooled.ts", "../../../tools/good.ts"],
  "providers-are-strangers": [`${server}/providers/two/bad.ts`, "../one/good.ts"],
  "internal-is-private": [`${server}/gateway/nosy.ts`, "../wallet/internal/secret.ts"],
  "config-is-read-in-one-place": [`${server}/http/knowing.ts`, "../config.ts"],
  "only-storage-speaks-sql": [`${server}/wallet/raw.ts`, "pg"],
  "production-never-imports-tests": [`${server}/storage/tested.ts`, "../testkit/good.ts"],
  "production-names-what-it-needs": [`${server}/domain/undeclared.ts`, "left-pad"],
  "contract-does-nothing": ["packages/contract/src/busy.ts", "node:fs"],
  "the-page-runs-in-a-browser": ["packages/simulator-web/src/bad.tsx", "node:path"],
  "console-features-are-strangers": [`${page}/features/one/bad.ts`, "../two/good.ts"],
  "console-shares-downwards": [`${page}/ui/bad.ts`, "../features/two/good.ts"],
  "console-takes-types-only": [`${page}/api/bad.ts`, "@recado/contract/good", "value"],
  "plain-brings-nothing": ["packages/contract/src/plain/bad.ts", "../good.ts", "value"],
  "imports-are-found": ["e2e/specs/bad.ts", "./absent.ts"],
};

/** Imports that are right, and must not be reported. */
const allowed: [file: string, specifier: string, kind?: "value"][] = [
  [`${server}/main.ts`, "./compose.ts"],
  [`${server}/main.ts`, "./config.ts"],
  [`${server}/compose.ts`, "./http/good.ts"],
  [`${server}/compose.ts`, "./storage/good.ts"],
  [`${server}/storage/good.ts`, "pg"],
  [`${server}/gateway/good.ts`, "../providers/one/good.ts"],
  [`${server}/providers/one/good.ts`, "../cloud-wire/good.ts"],
  [`${server}/providers/conformance.test.ts`, "./one/good.ts"],
  [`${server}/wallet/good.ts`, "./internal/secret.ts"],
  [`${server}/wallet/good.test.ts`, "../testkit/good.ts"],
  [`${server}/http/good.ts`, "@recado/contract/good"],
  [`${server}/demo/good.ts`, "../gateway/good.ts"],
  ["packages/contract/src/good.ts", "zod"],
  ["packages/simulator/src/good.ts", "@recado/contract/good"],
  [`${page}/features/two/good.ts`, "../../ui/good.ts"],
  [`${page}/app/good.ts`, "../features/two/good.ts"],
  [`${page}/api/good.ts`, "@recado/contract/good"],
  [`${page}/api/plain.ts`, "@recado/contract/plain/good", "value"],
  ["e2e/specs/good.test.ts", "@recado/contract/good"],
  ["tools/schema-dump/good.ts", "../../packages/server/src/testkit/good.ts"],
  ["tools/simulate/good.ts", "../../packages/server/src/gateway/good.ts"],
];

const targets = [
  ...["domain", "jobs", "live", "webhooks", "inbox", "bot", "testkit"].map(
    (folder) => `${server}/${folder}/good.ts`,
  ),
  `${server}/accounts/good.ts`,
  `${server}/wallet/internal/secret.ts`,
  `${server}/providers/cloud-wire/good.ts`,
  `${server}/config.ts`,
  "tools/good.ts",
  "packages/contract/src/plain/good.ts",
  `${page}/ui/good.ts`,
];

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content, { flag: "a" });
}

function plant(): void {
  let serial = 0;
  for (const [file, specifier, kind] of [...Object.values(offences), ...allowed]) {
    write(
      file,
      `import ${kind === "value" ? "" : "type "}* as I${++serial} from "${specifier}";\nexport type T${serial} = typeof I${serial};\n`,
    );
  }
  for (const path of targets) write(path, "export const here = 1;\n");
  write(`${server}/domain/cycle-two.ts`, 'export * from "./cycle-one.ts";\n');
  for (const name of ["pg", "zod", "left-pad"]) {
    write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: "1.0.0", main: "index.js" }),
    );
    write(`node_modules/${name}/index.js`, "");
  }
  const manifest = (name: string, more: object) =>
    write(`packages/${name}/package.json`, JSON.stringify({ name: `@recado/${name}`, ...more }));
  manifest("contract", { exports: { "./*": "./src/*.ts" }, dependencies: { zod: "1.0.0" } });
  manifest("server", { dependencies: { pg: "1.0.0", "@recado/contract": "1.0.0" } });
  for (const name of ["simulator", "console"]) {
    manifest(name, { dependencies: { "@recado/contract": "1.0.0" } });
  }
  mkdirSync(join(root, "node_modules", "@recado"));
  symlinkSync("../../packages/contract", join(root, "node_modules", "@recado", "contract"));
}

let found: ImportOffence[] = [];
before(async () => {
  plant();
  found = await checkImports(root, config);
});

test("there is a planted offence for every rule", () => {
  assert.deepEqual(Object.keys(offences).sort(), ruleNames(config).sort());
});

for (const [rule, [file, specifier]] of Object.entries(offences)) {
  test(`${rule} reports ${file} importing ${specifier}`, () => {
    const hits = found.filter((offence) => offence.rule === rule && offence.from === file);
    assert.equal(hits.length, 1, JSON.stringify(found.filter((offence) => offence.from === file)));
    assert.notEqual(hits[0]?.advice, "");
  });
}

test("imports that are right are not reported", () => {
  const guilty = new Set(Object.values(offences).map(([file]) => file));
  guilty.add(`${server}/domain/cycle-two.ts`);
  assert.deepEqual(
    found.filter(({ from }) => !guilty.has(from)),
    [],
  );
});

test("a file that the checker did not look at is an offence", async () => {
  const blind = join(root, "blind.cjs");
  writeFileSync(blind, 'module.exports = { forbidden: [], options: { exclude: "/server/" } };');
  const unseen = await checkImports(root, blind);
  assert.ok(
    unseen.some(({ rule, from }) => rule === "seen-by-the-checker" && from === `${server}/main.ts`),
  );
  assert.ok(unseen.every(({ from }) => from.includes("/server/")));
});
