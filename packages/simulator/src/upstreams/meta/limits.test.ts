import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestSimulator, testNumber } from "../../testkit/start-test-simulator.ts";
import { createLimits } from "./limits.ts";
import { parseRecipient, toWaId } from "./wa-id.ts";
import { createWamid } from "./wamid.ts";

test("one person takes a burst of 45, then one message in six seconds", () => {
  let now = 1_000_000;
  const limits = createLimits(() => now, 45);
  const take = () => limits.takePair("1", "573001112233");
  const burst = Array.from({ length: 50 }, take).filter(Boolean).length;
  assert.equal(burst, 45);
  assert.equal(limits.takePair("1", "573001112234"), true);
  now += 5_999;
  assert.equal(take(), false);
  now += 1;
  assert.equal(take(), true);
  assert.equal(take(), false);
  now += 20 * 6_000;
  assert.equal(Array.from({ length: 50 }, take).filter(Boolean).length, 20);
});

test("a number takes its rate in a second and no more", () => {
  let now = 1_000_000;
  const limits = createLimits(() => now, 45);
  const take = () => limits.takeThroughput("1", 80);
  assert.equal(Array.from({ length: 100 }, take).filter(Boolean).length, 80);
  now += 500;
  assert.equal(Array.from({ length: 100 }, take).filter(Boolean).length, 40);
});

test("what goes over a limit is refused in the call, and other people are not concerned", async () => {
  const now = Date.now();
  const simulator = await startTestSimulator({ pairBurst: 2, clock: () => now });
  const codes: number[] = [];
  for (let index = 0; index < 3; index++) {
    codes.push((await simulator.send("573001112233")).body.error?.code ?? 0);
  }
  assert.deepEqual(codes, [0, 0, 131056]);
  assert.equal((await simulator.send("573001112244")).status, 200);
  const number = { ...testNumber, callbackUrl: simulator.callback.url, throughputPerSecond: 1 };
  await simulator.call("POST", "/sim/numbers", number);
  const answers = [await simulator.send("573001112255"), await simulator.send("573001112266")];
  assert.equal(answers.at(-1)?.body.error.code, 130429);
  await simulator.close();
});

test("numbers are read as people write them, and Brazil's and Mexico's are rewritten", () => {
  assert.equal(parseRecipient("+57 (300) 111-2233"), "573001112233");
  assert.equal(parseRecipient("57300abc"), null);
  assert.equal(parseRecipient("123"), null);
  assert.equal(toWaId("5215512345678"), "5215512345678");
  assert.equal(toWaId("525512345678"), "5215512345678");
  assert.equal(toWaId("5531987654321"), "553187654321");
  assert.equal(toWaId("573001112233"), "573001112233");
});

test("a wamid decodes as real ones do", () => {
  const wamid = createWamid("573001112233", "to-user");
  const bytes = Buffer.from(wamid.replace("wamid.", ""), "base64");
  assert.equal(bytes.subarray(3, 15).toString(), "573001112233");
  assert.match(bytes.subarray(21, 39).toString(), /^[0-9A-F]{18}$/);
  assert.equal(bytes.subarray(0, 3).toString("hex"), "1c180c");
  assert.equal(bytes.subarray(15, 21).toString("hex"), "150200111812");
});
