import assert from "node:assert/strict";
import { test } from "node:test";
import { CommandFailure } from "../command-failure.ts";
import { toWanted } from "./journal-options.ts";

test("whose posts are meant is asked for by the options' own names, before anybody is called", () => {
  for (const options of [{}, { account: "a", app: "b" }, { since: "2026-11-22" }]) {
    assert.throws(
      () => toWanted(options),
      (error) =>
        error instanceof CommandFailure && /--account, --app and --channel/u.test(error.message),
    );
  }
  assert.equal(toWanted({ channel: "c" }).channelId, "c");
});
