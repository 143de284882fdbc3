import { pino } from "pino";
import { createChannelKeys } from "../../packages/server/src/accounts/channel-keys.ts";
import { createDirectory } from "../../packages/server/src/accounts/directory.ts";
import { type Acceptance, createAcceptance } from "../../packages/server/src/gateway/accept.ts";
import { cancelMessage } from "../../packages/server/src/gateway/cancel.ts";
import { createIntake } from "../../packages/server/src/gateway/intake.ts";
import { createReceiveLane } from "../../packages/server/src/gateway/receive.ts";
import { createReconcileLane } from "../../packages/server/src/gateway/reconcile.ts";
import { createSubmitLane } from "../../packages/server/src/gateway/submit.ts";
import { type CallMarker, openCallMarker } from "../../packages/server/src/platform/call-marker.ts";
import { createIdMaker } from "../../packages/server/src/platform/ids.ts";
import type { Instance } from "../../packages/server/src/platform/instance.ts";
import { createLinkSigner } from "../../packages/server/src/platform/link-signer.ts";
import type { SafeFetch } from "../../packages/server/src/platform/safe-fetch.ts";
import type { Timers } from "../../packages/server/src/platform/timers.ts";
import type { UpstreamHttp } from "../../packages/server/src/platform/upstream-http.ts";
import type { Provider } from "../../packages/server/src/providers/provider.ts";
import { findProvider } from "../../packages/server/src/providers/registry.ts";
import { upsertInstance } from "../../packages/server/src/storage/instances.ts";
import { topUp } from "../../packages/server/src/wallet/topup.ts";
import { createDeliveryLane } from "../../packages/server/src/webhooks/deliver.ts";
import { createChance } from "./chance.ts";
import type { FaultyPool } from "./faulty-pool.ts";
import type { Mortal, Schedule } from "./schedule.ts";
import { SECRET_BOX } from "./world-rows.ts";

/** What breaks a process of the product on purpose, to see that the model finds it. */
export interface BrokenParts {
  provider?(provider: Provider): Provider;
  marker?(marker: CallMarker): CallMarker;
  isDead?(instance: Instance, self: Instance): boolean;
}

/** What a process is built of. */
export interface ProcessGround {
  schedule: Schedule;
  pool: FaultyPool["pool"];
  http: UpstreamHttp;
  fetch: SafeFetch;
  host: string;
  /** Where the processes of its host note their calls. */
  callsFolder: string;
  unknownAfterMs: number;
  /** How often a lane looks unasked. */
  lookEveryMs: number;
  seed: number;
  /** Whether the process with this id lives. */
  isAlive(instanceId: string): boolean;
  broken: BrokenParts;
  onLog(line: string): void;
}

/** One process of the product: everything that accepts, takes posts and works, as the product composes it. */
export interface ProductProcess {
  instanceId: string;
  acceptance: Acceptance;
  takePost(appId: string, post: { headers: Record<string, string>; body: Buffer }): Promise<void>;
  topUp(topup: { accountId: string; reference: string; amount: bigint }): Promise<unknown>;
  cancel(message: { accountId: string; id: string }): Promise<void>;
  /** Makes itself known, then looks for work; told when it could not. */
  start(onFailed: () => void): void;
  /** Gives the machine's own things back; the process is dead. */
  discard(): void;
}

const BOOT_ID = "boot";

/** The lanes of a process. */
export type LaneName = "submit" | "receive" | "deliver" | "reconcile";

/** Builds it; nothing runs yet. */
export function createProcess(ground: ProcessGround, owner: Mortal): ProductProcess {
  const { schedule, broken } = ground;
  const chance = createChance(ground.seed, 2);
  const clock = { now: schedule.now };
  const ids = createIdMaker(chance.next32);
  const instanceId = ids.next(clock.now());
  const self: Instance = {
    id: instanceId,
    host: ground.host,
    bootId: BOOT_ID,
    pid: 1,
    pidStart: "1",
  };
  const find = (name: string) => {
    const provider = findProvider(name);
    return provider && (broken.provider?.(provider) ?? provider);
  };
  const opened = openCallMarker(ground.callsFolder, { bootId: BOOT_ID, instanceId });
  const shared = {
    pool: ground.pool,
    clock,
    ids,
    directory: createDirectory(),
    logger: pino({ level: "warn" }, { write: ground.onLog }),
    secretBox: SECRET_BOX,
    keys: createChannelKeys(SECRET_BOX),
    links: createLinkSigner(Buffer.alloc(32, 9)),
    publicUrl: () => "https://recado.invalid",
    http: ground.http,
    provider: find,
    unknownOutcomeAfterMs: ground.unknownAfterMs,
    random: chance.next,
    timersOf: (lane: LaneName) => createTimers(ground, { owner, lane }),
    instanceId,
    intervalMs: ground.lookEveryMs,
  };
  const lanes = composeLanes(ground, shared, { self, marker: broken.marker?.(opened) ?? opened });
  const intake = createIntake({ ...shared, onTaken: () => lanes.receive.kick(), onRejected() {} });
  return {
    instanceId,
    acceptance: createAcceptance({
      ...shared,
      waitingMax: 1_000,
      onAccepted: () => lanes.submit.kick(),
    }),
    takePost: (appId, post) =>
      intake.take({ provider: "meta-cloud", appId }, { ...post, pathSecret: null }),
    topUp: (topup) => topUp(shared, { ...topup, note: "", createdBy: null }),
    cancel: (message) => cancelMessage(shared, message),
    start(onFailed) {
      upsertInstance(shared.pool, self, new Date(clock.now())).then(() => {
        for (const lane of Object.values(lanes)) lane.start();
      }, onFailed);
    },
    discard: () => opened.close(),
  };
}

type Shared = Omit<Parameters<typeof createSubmitLane>[0], "marker" | "concurrency" | "onOutcome"> &
  Omit<Parameters<typeof createReceiveLane>[0], "onFollowUp"> &
  Pick<Parameters<typeof createDeliveryLane>[0], "secretBox"> & {
    timersOf(lane: LaneName): Timers;
  };

function composeLanes(
  ground: ProcessGround,
  shared: Shared,
  own: { self: Instance; marker: CallMarker },
) {
  const { timersOf } = shared;
  const { lane: deliver } = createDeliveryLane({
    ...shared,
    timers: timersOf("deliver"),
    guard: { allow: [] },
    fetch: ground.fetch,
  });
  const submit = createSubmitLane({
    ...shared,
    timers: timersOf("submit"),
    marker: own.marker,
    concurrency: 64,
    onOutcome() {},
  });
  const reconcile = createReconcileLane({
    ...shared,
    self: own.self,
    callsFolder: ground.callsFolder,
    holds: submit.holds,
    timers: timersOf("reconcile"),
    isDead: (instance) =>
      ground.broken.isDead?.(instance, own.self) ??
      (instance.host === own.self.host && !ground.isAlive(instance.id)),
  });
  const receive = createReceiveLane({
    ...shared,
    timers: timersOf("receive"),
    onFollowUp: () => deliver.kick(),
  });
  return { submit: submit.lane, receive, deliver, reconcile };
}

/** Waits that end when the schedule says so. */
function createTimers(
  { schedule, lookEveryMs }: ProcessGround,
  { owner, lane }: { owner: Mortal; lane: LaneName },
): Timers {
  return {
    start(ms, callback) {
      const run = () => {
        callback();
        return "";
      };
      // A wait of this length is a lane's pause between two looks.
      const look = ms === lookEveryMs ? { look: lane } : {};
      const cancel = schedule.offerAfter(ms, { label: `${lane} timer ${ms}`, owner, run, ...look });
      return { cancel };
    },
  };
}
