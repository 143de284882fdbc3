import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { findLeakedSecrets, noteSecretsOf } from "../../product/leaked-secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "recado-leaks-"));
const dataDir = join(folder, "data");
mkdirSync(dataDir);
after(() => rmSync(folder, { recursive: true }));

const greeting = ["shown-to-newcomers"];
const search = {
  ...{ folder, dataDir, greeting },
  env: { SMTP_URL: "smtp://me:mailpassword@127.0.0.1", API_TOKEN: "shown-to-newcomers" },
};
const write = (...lines: string[]) =>
  writeFileSync(join(dataDir, "postgres.log"), `${lines.join("\n")}\n`);

test("A log that shows a secret of a file, a setting or an answer is reported without repeating it", () => {
  writeFileSync(
    join(dataDir, "demo-secrets.json"),
    JSON.stringify({ accountId: "0190", numbers: { a: { appSecret: "app-secret-9911" } } }),
  );
  noteSecretsOf({ items: [{ id: "an-id-of-a-thing", verify_token: "verify-me-4411" }] });
  const secrets = [
    "app-secret-9911",
    "mailpassword",
    "verify-me-4411",
    `rcd_api_${"x".repeat(43)}`,
  ];
  write("all is well", ...secrets.map((secret) => `LOG:  said ${secret} aloud`));
  const leaks = findLeakedSecrets(search);
  assert.equal(leaks.length, secrets.length);
  for (const { line } of leaks) assert.equal(line, "LOG:  said ■ aloud");
});

test("Ids, hints and words of an answer are no secrets", () => {
  noteSecretsOf({ token_id: "0190aaaa-bbbb", hint: "rcd_ws_…1234", code: "not_found" });
  write("0190aaaa-bbbb rcd_ws_…1234 not_found");
  assert.deepEqual(findLeakedSecrets(search), []);
});

test("What the greeting shows a newcomer is a leak in a log line proper", () => {
  write(
    "    sign in with shown-to-newcomers",
    '{"msg":"signed in","password":"shown-to-newcomers"}',
  );
  assert.deepEqual(
    findLeakedSecrets(search).map(({ line }) => line),
    ['{"msg":"signed in","password":"■"}'],
  );
});
