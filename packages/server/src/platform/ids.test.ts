import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createIdMaker, idTimeMs, isUuid, lowestIdAt } from "./ids.ts";

const NOW = Date.UTC(2026, 10, 30, 23, 59, 59, 999);

describe("ids", () => {
  test("ascend within one millisecond and over a clock that slips back a little", () => {
    const ids = createIdMaker();
    const made = [
      ...Array.from({ length: 20_000 }, () => ids.next(NOW)),
      ids.next(NOW - 9_000),
      ids.next(NOW + 1),
    ];
    assert.deepEqual(made, made.toSorted());
    assert.equal(new Set(made).size, made.length);
  });

  test("carry their moment, at the end of a month too", () => {
    const ids = createIdMaker();
    assert.equal(idTimeMs(ids.next(NOW)), NOW);
    assert.equal(idTimeMs(ids.next(NOW + 1)), NOW + 1);
  });

  test("follow a clock that was set back for good", () => {
    const ids = createIdMaker();
    ids.next(NOW);
    assert.equal(idTimeMs(ids.next(NOW - 3_600_000)), NOW - 3_600_000);
  });

  test("never come before what was asked for: windows by id miss nothing", () => {
    const ids = createIdMaker();
    for (const at of [NOW, NOW - 5_000, NOW - 1, NOW]) assert.ok(idTimeMs(ids.next(at)) >= at);
  });

  test("of a moment begin with the lowest one, and moments that none can carry are cut off", () => {
    const ids = createIdMaker();
    assert.ok(lowestIdAt(NOW) <= ids.next(NOW) && ids.next(NOW) < lowestIdAt(NOW + 1));
    assert.ok([-1, 0, NOW, 2 ** 48, Number.MAX_VALUE].every((atMs) => isUuid(lowestIdAt(atMs))));
    assert.equal(lowestIdAt(2 ** 60), lowestIdAt(2 ** 48 - 1));
  });

  test("are told from anything else", () => {
    assert.ok(isUuid(createIdMaker().next(NOW)));
    const others = [
      "",
      "0",
      "0197a1b2-0000-7000-8000-00000000000",
      "0197A1B2-0000-7000-8000-000000000000",
    ];
    for (const text of [...others, "0197a1b2-0000-7000-8000-000000000000\n", "../../etc/passwd"]) {
      assert.equal(isUuid(text), false, JSON.stringify(text));
    }
  });
});
