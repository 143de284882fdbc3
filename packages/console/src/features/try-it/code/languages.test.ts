import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildRequest, type Wish } from "../build-request.ts";
import { type CodeLanguage, codeLanguages } from "./languages.ts";

/* Each program is run, against a server that keeps what it got: what is shown is what arrives, whatever was typed. */

const folder = mkdtempSync(join(tmpdir(), "recado-try-it-"));
let got: { headers: NodeJS.Dict<string | string[]>; body: string } | null = null;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (piece) => (body += piece));
  request.on("end", () => {
    got = { headers: request.headers, body };
    response.end('{"code":1}');
  });
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const nasty = `O'Brien "x" \\ $HOME \`id\` $(id) %0A ñ 😀 {"a"} #{b} \${c}\n[2] &=+;`;
const wish: Wish = {
  door: "ws",
  baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  login: "clinica",
  token: "rcd_ws_abc",
  mobile: "573001234567",
  template: 7,
  variables: ["Ana", nasty],
  text: "",
  mediaUrl: "https://example.com/a.pdf?x=1&y='2'",
  customField: nasty,
  idempotencyKey: "k-1",
};

const programs: Record<CodeLanguage["id"], [command: string, file: string]> = {
  curl: ["bash", "call.sh"],
  php: ["php", "call.php"],
  python: ["python3", "call.py"],
  javascript: [process.execPath, "call.mjs"],
};

for (const { id, name, format } of codeLanguages) {
  const [command, file] = programs[id];
  for (const door of ["ws", "v1"] as const) {
    test(`${name} sends by ${door} exactly what was filled in`, async (t) => {
      if (!(await runs(command))) return t.skip(`there is no ${command} here`);
      const request = buildRequest({ ...wish, door });
      const path = join(folder, `${door}-${file}`);
      writeFileSync(path, format(request));
      got = null;
      const { out, error } = await run(command, [path]);
      assert.match(out, /"code":1/u, error);
      const arrived = got as { headers: NodeJS.Dict<string | string[]>; body: string } | null;
      if (request.body.kind === "form") {
        assert.deepEqual([...new URLSearchParams(arrived?.body)], request.body.fields);
        return;
      }
      assert.deepEqual(JSON.parse(arrived?.body ?? ""), request.body.value);
      assert.equal(arrived?.headers.authorization, "Bearer rcd_ws_abc");
      assert.equal(arrived?.headers["idempotency-key"], "k-1");
    });
  }
}

test("free text leaves out what belongs to a template, and nothing empty is sent", () => {
  const text = { ...wish, template: null, text: "Hola", mediaUrl: "", customField: "" };
  assert.deepEqual(buildRequest({ ...text, door: "v1" }).body, {
    kind: "json",
    value: { mobile: "573001234567", text: "Hola" },
  });
  const { body } = buildRequest({ ...text, variables: [], idempotencyKey: "" });
  assert.ok(body.kind === "form");
  assert.deepEqual(
    body.fields.map(([name]) => name),
    ["login", "token", "message", "mobile"],
  );
});

async function runs(command: string): Promise<boolean> {
  const version = command === "bash" ? ["-c", "command -v curl"] : ["--version"];
  return (await run(command, version)).ok;
}

function run(command: string, args: string[]) {
  return new Promise<{ ok: boolean; out: string; error: string }>((resolve) => {
    execFile(command, args, { timeout: 20_000 }, (failure, out, error) =>
      resolve({ ok: failure === null, out, error: error + out }),
    );
  });
}
