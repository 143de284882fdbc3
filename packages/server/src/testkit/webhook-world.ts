import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { EventName } from "@recado/contract/webhook-payloads";
import { createAddressGuard } from "../platform/address-guard.ts";
import { createIdMaker } from "../platform/ids.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { insertDeliveries, type NewDelivery } from "../storage/deliveries.ts";
import { listDeliveries, listDeliveryAttempts } from "../storage/delivery-history.ts";
import {
  createDeliveryLane,
  type DeliveryLane,
  type DeliveryLaneOptions,
} from "../webhooks/deliver.ts";
import type { AttemptSummary } from "../webhooks/deliver-chain.ts";
import { createEndpoint } from "../webhooks/endpoints.ts";
import { openTestDatabase } from "./database.ts";
import { createSecretWatch } from "./secret-watch.ts";
import { openWebhookReceiver, type WebhookReceiver } from "./webhook-receiver.ts";

/** Everything that a scenario of webhook deliveries needs: database, receivers, lanes, a moved clock. */
export type WebhookWorld = Awaited<ReturnType<typeof openWebhookWorld>>;

/** An endpoint of the world, with its secret. */
export interface WorldEndpoint {
  accountId: string;
  id: string;
  secret: string;
}

/** Opens a world at the present moment; its clock stands still until it is moved. */
export async function openWebhookWorld() {
  const ground = await openGround();
  const { pool, time, ids, lanes, receivers } = ground;
  return {
    ...ground,
    ...createSenders(ground),
    /** What disabling by hand needs. */
    disableDeps: { pool, clock: ground.clock, ids, logger: ground.logger },
    moveClock: (ms: number) => {
      time.nowMs += ms;
      for (const { lane } of lanes) lane.kick();
    },
    async openReceiver() {
      const receiver = await openWebhookReceiver();
      receivers.push(receiver);
      return receiver;
    },
    /** A lane that is not started yet, as one process has it; randomness gives no jitter. */
    openLane(options: Partial<DeliveryLaneOptions> = {}) {
      const lane = createDeliveryLane({
        ...ground,
        guard: { allow: receivers.map((receiver) => receiver.host) },
        instanceId: ground.newId(),
        random: () => 0.5,
        onAttempt: (summary) => ground.attempts.push(summary),
        intervalMs: 20,
        ...options,
      });
      lanes.push(lane);
      return lane;
    },
    /** Deliveries of an endpoint, oldest first. */
    async deliveriesOf(endpoint: WorldEndpoint) {
      const filter = { accountId: endpoint.accountId, endpointId: endpoint.id, max: 10_000 };
      return (await listDeliveries(pool, filter)).reverse();
    },
    attemptsOf: (endpoint: WorldEndpoint, deliveryId: string) =>
      listDeliveryAttempts(pool, { accountId: endpoint.accountId, deliveryId }),
    async close() {
      await Promise.all(lanes.map(({ lane }) => lane.stop()));
      await Promise.all(receivers.map((receiver) => receiver.close()));
      await ground.database.close();
      ground.watch.check();
    },
  };
}

type Ground = Awaited<ReturnType<typeof openGround>>;

async function openGround() {
  const database = await openTestDatabase();
  const time = { nowMs: Date.now() };
  const ids = createIdMaker();
  const watch = createSecretWatch();
  return {
    watch,
    database,
    pool: database.pool,
    time,
    clock: { now: () => time.nowMs },
    ids,
    newId: () => ids.next(time.nowMs),
    secretBox: watch.watchBox(createSecretBox([randomBytes(32)])),
    logger: watch.logger,
    /** Attempts whose outcome has been written down, in that order. */
    attempts: [] as AttemptSummary[],
    lanes: [] as DeliveryLane[],
    receivers: [] as WebhookReceiver[],
  };
}

function createSenders({ receivers, newId, time, ...ground }: Ground) {
  const { pool } = ground;
  let seq = 0n;
  const endpointDeps = () => {
    const guard = createAddressGuard({ allow: receivers.map((receiver) => receiver.host) });
    return { ...ground, guard };
  };
  return {
    endpointDeps,
    async addEndpoint(url: string, wish: { accountId?: string } = {}): Promise<WorldEndpoint> {
      const accountId = wish.accountId ?? newId();
      await pool.query("insert into counters (account_id) values ($1) on conflict do nothing", [
        accountId,
      ]);
      const place = { accountId, projectId: newId() };
      const { endpoint, secret } = await createEndpoint(endpointDeps(), place, { url });
      return { accountId, id: endpoint.id, secret };
    },
    /** Puts events on their way, in the order given: `{ key: "m1", kind: "sent" }`. */
    async emit(endpoint: WorldEndpoint, events: { key: string; kind: EventName }[]) {
      const rows = events.map(({ key, kind }): NewDelivery => {
        seq += 1n;
        return {
          accountId: endpoint.accountId,
          id: newId(),
          endpointId: endpoint.id,
          seq,
          kind,
          orderKey: key,
          messageId: null,
          body: JSON.stringify({ key, kind }),
          at: new Date(time.nowMs),
        };
      });
      await insertDeliveries(pool, rows);
      return rows.map((row) => row.id);
    },
  };
}

/** Waits until something holds; the runner's own time-out ends a wait in vain. */
export async function waitUntil(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(5);
}
