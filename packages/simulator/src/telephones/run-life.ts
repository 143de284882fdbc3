import type { FastifyBaseLogger } from "fastify";
import type { BehaviourKeeper } from "../behaviour.ts";
import type { Clock } from "../clock.ts";
import type { DueStep, Events } from "../store/events.ts";
import type { Messages } from "../store/messages.ts";
import type { Numbers } from "../store/numbers.ts";
import type { Store } from "../store/open-store.ts";
import type { Upstreams } from "../upstreams/upstream.ts";

/** What running the steps needs. */
export interface LifeParts {
  store: Store;
  events: Events;
  messages: Messages;
  numbers: Numbers;
  behaviour: BehaviourKeeper;
  clock: Clock;
  log: FastifyBaseLogger;
  upstreams: Upstreams;
  random(): number;
  /** The person of a `replies` telephone answers; called inside the transaction. */
  reply(step: DueStep): void;
  /** Called after each commit that changed something. */
  changed(): void;
}

/** Makes due steps happen, until closed. */
export interface Life {
  /** A step falls due at that time. */
  expect(dueAt: number): void;
  close(): Promise<void>;
}

const stepsAtOnceMax = 300;
const gatherMs = 10;
const duplicateAfterMs = 120;

/**
 * Starts running the steps: a step leaves its table, the ticks move and the event enters the outbox in one
 * transaction, so that a kill neither loses nor repeats one.
 */
export function startLife(parts: LifeParts): Life {
  let timer: NodeJS.Timeout | undefined;
  let timerDueAt = Number.POSITIVE_INFINITY;
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  function expect(dueAt: number): void {
    if (closed || dueAt >= timerDueAt) return;
    clearTimeout(timer);
    timerDueAt = dueAt;
    timer = setTimeout(tick, Math.max(gatherMs, dueAt - parts.clock()));
  }

  function tick(): void {
    // Until this round is done no timer may start another one.
    timerDueAt = Number.NEGATIVE_INFINITY;
    running = round().catch((error: unknown) => {
      if (!closed) parts.log.error({ err: error }, "life.failed");
    });
  }

  async function round(): Promise<void> {
    const count = await parts.store.write(() => runDueSteps(parts));
    if (closed) return;
    timerDueAt = Number.POSITIVE_INFINITY;
    const next = parts.events.findNextStepDue();
    if (next !== null) expect(next);
    if (count > 0) parts.changed();
  }

  const first = parts.events.findNextStepDue();
  if (first !== null) expect(first);
  return {
    expect,
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function runDueSteps(parts: LifeParts): number {
  const now = parts.clock();
  const steps = parts.events.listDueSteps(now, stepsAtOnceMax);
  const statuses = new Map<number, DueStep["status"]>();
  for (const step of steps) {
    parts.events.removeStep(step.step_seq);
    if (step.kind === "reply") {
      parts.reply(step);
      continue;
    }
    const status = statuses.get(step.message_seq) ?? step.status;
    if (parts.messages.advance({ seq: step.message_seq, status }, step.kind)) {
      statuses.set(step.message_seq, step.kind);
    }
    tell(parts, step, now);
  }
  return steps.length;
}

function tell(parts: LifeParts, step: DueStep, now: number): void {
  const number = parts.numbers.find(step.number_id);
  if (number === undefined || !number.subscribed) return;
  const events = parts.upstreams[step.provider].formatStatus(step, number);
  const { duplicateRate } = parts.behaviour.current;
  const isDuplicated = duplicateRate > 0 && parts.random() < duplicateRate;
  const copies = isDuplicated ? Math.max(2, step.copies) : step.copies;
  for (let copy = 0; copy < copies; copy++) {
    const dueAt = now + copy * duplicateAfterMs;
    for (const event of events) {
      const { number_id: numberId, mobile: orderKey } = step;
      parts.events.insertOutbox({ ...event, numberId, orderKey, dueAt });
    }
  }
}
