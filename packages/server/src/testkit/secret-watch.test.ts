import assert from "node:assert/strict";
import { test } from "node:test";
import { createSecretBox } from "../platform/secret-box.ts";
import { createSecretWatch } from "./secret-watch.ts";

const LEAKS: [string, (watch: ReturnType<typeof createSecretWatch>) => void][] = [
  ["a token", ({ logger }) => logger.info({ token: `rcd_ws_${"a".repeat(43)}` }, "planted")],
  ["a webhook secret", ({ logger }) => logger.debug(`whsec_${"A".repeat(44)}`)],
  ["a header", ({ logger }) => logger.warn({ authorization: `Bearer ${"b".repeat(30)}` }, "x")],
  ["Meta's token in a URL", ({ logger }) => logger.info({ url: `?t=EAA${"x".repeat(20)}` }, "x")],
  [
    "what was sealed",
    (watch) => {
      const box = watch.watchBox(createSecretBox([Buffer.alloc(32, 1)]));
      box.seal({ app: { secret: "of-an-app-0123" } }, "channel:1");
      watch.logger.error({ err: new Error("refused of-an-app-0123") }, "planted");
    },
  ],
  [
    "what was named",
    (watch) => {
      watch.note("a-password-of-somebody");
      watch.logger.trace("signed in with a-password-of-somebody");
    },
  ],
];

for (const [name, leak] of LEAKS) {
  test(`${name} in a log line is found, whatever its level`, () => {
    const watch = createSecretWatch();
    leak(watch);
    assert.throws(() => watch.check(), /secrets in the log/u);
  });
}

test("hints, ids and short words are no secrets", () => {
  const watch = createSecretWatch();
  watch.note("demo");
  watch.logger.info({ hint: "rcd_ws_…ab12", user: "demo", id: crypto.randomUUID() }, "fine");
  watch.check();
});
