import { join } from "node:path";
import type { Foundation } from "./compose-foundation.ts";
import { composeLimitLanes } from "./compose-limits.ts";
import { composeWorkLanes, findWorkLags } from "./compose-work.ts";
import { createContactLane } from "./contacts/contact-lane.ts";
import { cancelMessage } from "./gateway/cancel.ts";
import { createInboundFiles, type InboundFiles } from "./gateway/inbound-files.ts";
import { createPrepareLane } from "./gateway/prepare-lane.ts";
import { createReceiveLane } from "./gateway/receive.ts";
import { createReconcileLane } from "./gateway/reconcile.ts";
import { createSubmitLane } from "./gateway/submit.ts";
import { createTemplateLane } from "./gateway/template-lane.ts";
import { createStatisticsLane } from "./jobs/statistics-lane.ts";
import { openCallMarker } from "./platform/call-marker.ts";
import type { Lane } from "./platform/lane.ts";
import { rememberBriefly } from "./platform/remember-briefly.ts";
import { findProvider } from "./providers/registry.ts";
import { upsertInstance } from "./storage/instances.ts";
import { findJournalLagMs } from "./storage/journal.ts";
import { findMessageLags } from "./storage/lags.ts";
import { createDeliveryLane } from "./webhooks/deliver.ts";

/** The lanes of a worker. */
export interface Lanes {
  submit: Lane;
  prepare: Lane;
  receive: Lane;
  deliver: Lane;
  inboundFiles: InboundFiles;
  /** Makes this process known, so that others can tell its death, and then looks for work. */
  start(): Promise<void>;
  /** Stops taking work and lets what is under way end, for `drainMs` at most. */
  stop(drainMs: number): Promise<void>;
  lags(): Promise<{ lane: string; ageMs: number }[]>;
}

const SUBMIT_INTERVAL_MS = 100;
const PREPARE_INTERVAL_MS = 200;
const PREPARATIONS_MAX = 32;
const RECEIVE_INTERVAL_MS = 200;
const RECONCILE_INTERVAL_MS = 2_000;
const FETCH_INTERVAL_MS = 500;
const DELIVER_INTERVAL_MS = 200;
const CONTACTS_INTERVAL_MS = 1_000;
const TEMPLATES_INTERVAL_MS = 5_000;
const STATISTICS_INTERVAL_MS = 2_000;
/** Anybody may ask `/health/ready`, as often as they like: the database is asked this rarely. */
const LAGS_LIFE_MS = 1_500;

/** Builds the lanes on the foundation; they do not run yet. */
export function composeLanes(base: Foundation): Lanes {
  const callsFolder = join(base.config.DATA_DIR, "calls");
  const { bootId, id: instanceId } = base.self;
  const marker = openCallMarker(callsFolder, { bootId, instanceId });
  const shared = {
    ...base.shared,
    guard: base.guard,
    instanceId,
    provider: findProvider,
    unknownOutcomeAfterMs: base.config.UNKNOWN_OUTCOME_AFTER_S * 1000,
    random: Math.random,
  };
  const deliver = createDeliveryLane({
    ...base.shared,
    guard: { allow: base.allowedHosts },
    instanceId,
    concurrency: base.config.WEBHOOK_CONCURRENCY,
    intervalMs: DELIVER_INTERVAL_MS,
    onAttempt: base.shared.metrics.countWebhook,
  });
  const inboundFiles = createInboundFiles({ ...shared, intervalMs: FETCH_INTERVAL_MS });
  const submit = createSubmitLane({
    ...shared,
    marker,
    concurrency: base.config.SUBMIT_CONCURRENCY,
    intervalMs: SUBMIT_INTERVAL_MS,
    onOutcome: base.shared.metrics.countSend,
  });
  const prepare = createPrepareLane({
    ...shared,
    concurrency: PREPARATIONS_MAX,
    intervalMs: PREPARE_INTERVAL_MS,
    onReady: () => submit.lane.kick(),
  });
  const receive = createReceiveLane({
    ...shared,
    intervalMs: RECEIVE_INTERVAL_MS,
    onFollowUp() {
      deliver.lane.kick();
      inboundFiles.lane.kick();
    },
  });
  const reconcile = createReconcileLane({
    ...shared,
    self: base.self,
    callsFolder,
    holds: submit.holds,
    intervalMs: RECONCILE_INTERVAL_MS,
  });
  const known = { sending: [submit.lane, prepare.lane], deliver: deliver.lane };
  const others = [receive, reconcile, inboundFiles.lane, ...composeOthers(base, known)];
  return {
    submit: submit.lane,
    prepare: prepare.lane,
    receive,
    deliver: deliver.lane,
    inboundFiles,
    start: () => startLanes(base, [submit.lane, prepare.lane, deliver.lane, ...others]),
    async stop(drainMs) {
      const ended = Promise.all([
        submit.drain(),
        prepare.drain(),
        deliver.lane.stop(),
        ...others.map((lane) => lane.stop()),
      ]);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, drainMs).unref())]);
      marker.close();
    },
    lags: rememberLags(base, deliver.lagMs),
  };
}

/** Lanes that no message waits for. */
function composeOthers(
  base: Foundation,
  known: { sending: readonly Lane[]; deliver: Lane },
): Lane[] {
  return [
    composeContactLane(base),
    composeTemplates(base, () => known.deliver.kick()),
    ...composeLimitLanes(base, known),
    ...composeWorkLanes(base, known.sending),
    createStatisticsLane({ ...base.shared, intervalMs: STATISTICS_INTERVAL_MS }),
  ];
}

function composeContactLane({ shared }: Foundation): Lane {
  const cancel = (message: { accountId: string; id: string }) => cancelMessage(shared, message);
  return createContactLane({ ...shared, cancel, intervalMs: CONTACTS_INTERVAL_MS });
}

function composeTemplates(base: Foundation, onRead: () => void): Lane {
  const intervalMs = TEMPLATES_INTERVAL_MS;
  return createTemplateLane({ ...base.shared, findProvider, intervalMs, onRead });
}

async function startLanes(base: Foundation, lanes: readonly Lane[]): Promise<void> {
  const { pool, clock } = base.shared;
  await upsertInstance(pool, base.self, new Date(clock.now()));
  for (const lane of lanes) lane.start();
}

function rememberLags(base: Foundation, webhookLagMs: () => Promise<number>) {
  const { clock } = base.shared;
  return rememberBriefly(() => findLags(base, webhookLagMs), { clock, lifeMs: LAGS_LIFE_MS });
}

async function findLags(base: Foundation, webhookLagMs: () => Promise<number>) {
  const { clock, pool } = base.shared;
  const now = new Date(clock.now());
  return [
    ...(await findMessageLags(pool, now)),
    { lane: "journal", ageMs: await findJournalLagMs(pool, now) },
    { lane: "webhooks", ageMs: await webhookLagMs() },
    ...(await findWorkLags(pool, now)),
  ];
}
