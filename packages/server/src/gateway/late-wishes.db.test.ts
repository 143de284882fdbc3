import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { findOptOut } from "../storage/opt-outs.ts";
import { ANA, type InboundWorld, openInboundWorld } from "../testkit/inbound-world.ts";

/* WhatsApp posts again what it could not deliver, sometimes long after what came later. */

let world: InboundWorld;

before(async () => {
  world = await openInboundWorld();
});
after(() => world.close());

const ORDERS: [says: string, ends: "word" | null][] = [
  ["BAJA 1, BAJA 3, ALTA 2", "word"],
  ["BAJA 3, BAJA 1, ALTA 2", "word"],
  ["BAJA 1, BAJA 3, ALTA 2, ALTA 4", null],
  ["BAJA 1, ALTA 2, ALTA 4, BAJA 3", null],
  ["BAJA 1, ALTA 4, ALTA 2, BAJA 3", null],
  ["ALTA 2, BAJA 1", null],
  ["ALTA 2, ALTA 4, BAJA 3, BAJA 1", null],
  ["ALTA 2, BAJA 1, BAJA 3", "word"],
];

describe("who wrote BAJA and ALTA is taken at the latest word by WhatsApp's time, though they come as", () => {
  for (const [says, ends] of ORDERS) {
    test(says, async () => {
      const { accountId, projectId, ...account } = await world.account();
      const firstS = Math.floor(world.time.nowMs / 1_000) - 10;
      for (const said of says.split(", ")) {
        const [body, second] = said.split(" ");
        const timestamp = String(firstS + Number(second));
        const message = world.said("text", { body }, { timestamp });
        await world.receive({ ...account, accountId, projectId }, message);
      }
      const listed = await findOptOut(world.pool, { accountId, projectId, mobile: ANA });
      assert.equal(listed?.source ?? null, ends);
    });
  }
});
