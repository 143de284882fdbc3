import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { openNumbers } from "./numbers.ts";
import { openStore } from "./open-store.ts";

test("a file from before there was more than one provider keeps its numbers, as Meta's", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "simulator-store-"));
  try {
    const db = new DatabaseSync(join(dataDir, "simulator.sqlite"));
    db.exec(`CREATE TABLE numbers (
      id TEXT PRIMARY KEY, waba_id TEXT NOT NULL, display_number TEXT NOT NULL, verified_name TEXT NOT NULL,
      access_token TEXT NOT NULL, app_secret TEXT NOT NULL, verify_token TEXT NOT NULL, callback_url TEXT NOT NULL,
      override_url TEXT, throughput_per_second INTEGER NOT NULL)`);
    db.exec(
      "INSERT INTO numbers VALUES ('1', '2', '573', 'A', 't', 's', 'v', 'http://x', NULL, 5)",
    );
    db.close();
    for (let time = 0; time < 2; time++) {
      const store = openStore(dataDir);
      const number = openNumbers(store).find("1");
      assert.equal(number?.provider, "meta");
      assert.deepEqual(number?.callbackHeaders, {});
      store.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
