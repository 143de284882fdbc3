import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findTemplate } from "../../product/demo-templates.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* The client as a stranger uses it: packed, installed in a folder of its own, compiled against, and run. */

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
let product: Product;
let folder = "";

before(async () => {
  product = await startProduct();
  folder = mkdtempSync(join(tmpdir(), "recado-client-"));
  const { stdout } = await run("npm", [
    ...["pack", "--json", "-w", "packages/client", "--pack-destination", folder],
    ...["--prefix", ROOT],
  ]);
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf("["))) as [{ filename: string }];
  writeFileSync(join(folder, "package.json"), '{"name":"stranger","type":"module"}');
  await run("npm", ["install", "--no-audit", "--no-fund", join(folder, filename)], { cwd: folder });
});
after(async () => {
  await product?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const PROGRAM = `
import { createRecadoClient, dataOf, type Schemas } from "@recado/client";
const [baseUrl = "", token = "", id = ""] = process.argv.slice(2);
const recado = createRecadoClient({ baseUrl, token });
const body = { mobile: "573001119876", template: { id: Number(id) }, variables: ["Ana"] };
const params = { header: { "Idempotency-Key": "the-same" } };
const first = dataOf(await recado.POST("/v1/messages", { body, params }));
const again = dataOf(await recado.POST("/v1/messages", { body, params }));
const found: Schemas["Message"] = dataOf(
  await recado.GET("/v1/messages/{id}", { params: { path: { id: first.id } } }),
);
const refused = await recado.POST("/v1/messages", { body: { mobile: "573001119876" } });
console.log(JSON.stringify({
  same: first.id === again.id, text: found.text, refused: refused.error?.status,
}));
`;

test("what a stranger installs compiles, sends once for one key, and reads problems", async () => {
  writeFileSync(join(folder, "program.ts"), PROGRAM);
  const wrong = PROGRAM.replace("mobile: ", "movil: ");
  writeFileSync(join(folder, "wrong.ts"), wrong);
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const flags = [
    ...["--strict", "--target", "es2022", "--module", "nodenext", "--skipLibCheck"],
    ...["--types", "node", "--typeRoots", join(ROOT, "node_modules", "@types")],
  ];
  const args = [tsc, ...flags, "--noEmit", "false", "program.ts", "wrong.ts"];
  // Both at once: what is wrong with either is told by its name, and the compiler writes what it can.
  const faults = await run(process.execPath, args, { cwd: folder }).then(
    () => "",
    ({ stdout }: { stdout: string }) => stdout,
  );
  const lines = faults.split("\n").filter((line) => line.includes("error TS"));
  assert.ok(lines.length > 0 && lines.every((line) => line.startsWith("wrong.ts(")), faults);
  assert.match(faults, /movil/u);
  const { id_template } = findTemplate(product.demo, { variables: 1, category: "utility" });
  const { baseUrl, apiToken } = product.demo;
  const { stdout } = await run(
    process.execPath,
    ["program.js", baseUrl, apiToken, String(id_template)],
    { cwd: folder },
  );
  const told = JSON.parse(stdout) as { same: boolean; text: string; refused: number };
  assert.equal(told.same, true);
  assert.match(told.text, /Ana/u);
  assert.equal(told.refused, 422);
});
