import { createHash } from "node:crypto";
import type { SendRequest } from "../../packages/server/src/gateway/send-request.ts";
import type { Chance } from "./chance.ts";
import type { ProductProcess } from "./product-process.ts";
import type { Record as RunRecord, SendSeen } from "./record.ts";
import type { Schedule } from "./schedule.ts";
import type { PlannedSend } from "./seed-plan.ts";
import { idOf, templateNumberOf, tokenOf } from "./world-rows.ts";

/** Integrators: they send, send the same again, take back, and pay in. */
export interface IntegratorWorld {
  schedule: Schedule;
  chance: Chance;
  record: RunRecord;
  /** A process that answers, or null while there is none. */
  door(): ProductProcess | null;
}

/** How often one who got no answer asks again, and after how long. */
const RETRY_PERCENT = 60;
const RETRY_AFTER_MS_MAX = 20_000;
const SENDS_MAX = 40;

/** Lets everything that the plan says be done at its time. */
export function startIntegrators(world: IntegratorWorld): void {
  const { schedule, record } = world;
  for (const [index, planned] of record.plan.sends.entries()) {
    const run = () => send(world, planned, `mark-${index}`);
    schedule.offerAfter(planned.afterMs, { label: `send ${index}`, owner: null, run });
  }
  for (const topup of record.plan.topups) {
    const seen = { ...topup, isAnswered: false };
    record.topups.push(seen);
    payIn(world, { seen, afterMs: topup.afterMs });
  }
}

function send(world: IntegratorWorld, planned: PlannedSend, mark: string): string {
  const { schedule, record, chance } = world;
  const process = world.door();
  const again = () => {
    if (!chance.percent(RETRY_PERCENT)) return;
    // Under a key it must be the same request.
    const run = () => send(world, planned, planned.hasKey ? mark : `${mark}-again`);
    const afterMs = chance.between(100, RETRY_AFTER_MS_MAX);
    if (record.sends.length < SENDS_MAX)
      schedule.offerAfter(afterMs, { label: "send again", owner: null, run });
  };
  if (!process) {
    again();
    return "nobody there";
  }
  const seen: SendSeen = describeSend(planned, mark, schedule.now());
  record.sends.push(seen);
  const given = { isOver: false };
  const giveUp = () => {
    if (!given.isOver) again();
    given.isOver = true;
    return "";
  };
  schedule.offerAfter(30_000, { label: "send given up", owner: null, run: giveUp });
  process.acceptance.send(formatSend(planned, mark)).then(
    (answer) => {
      // What comes too late is an answer all the same: it was said.
      given.isOver = true;
      const messageId = "messageId" in answer ? answer.messageId : null;
      seen.answer = { code: answer.code, messageId, atMs: schedule.now() };
      schedule.note(`answered ${mark} ${answer.code} ${messageId}`);
      if (messageId !== null) takeBack(world, planned, messageId);
    },
    () => {
      if (!given.isOver) again();
      given.isOver = true;
    },
  );
  return `${mark} to ${process.instanceId}`;
}

function takeBack(world: IntegratorWorld, planned: PlannedSend, messageId: string): void {
  if (planned.cancelledAfterMs === null) return;
  const run = () => {
    const message = { accountId: idOf("account", planned.account), id: messageId };
    world.record.cancels.push(messageId);
    world
      .door()
      ?.cancel(message)
      .catch(() => {});
    return messageId;
  };
  world.schedule.offerAfter(planned.cancelledAfterMs, { label: "cancel", owner: null, run });
}

type Topup = RunRecord["topups"][number];

function payIn(world: IntegratorWorld, { seen, afterMs }: { seen: Topup; afterMs: number }): void {
  const given = { isOver: false };
  const again = () => {
    // An operator repeats a reference until it was answered, and once more now and then.
    if (!given.isOver) payIn(world, { seen, afterMs: 2_000 });
    given.isOver = true;
  };
  const run = () => {
    const { account, amount, reference } = seen;
    const process = world.door();
    if (!process) {
      again();
      return "nobody there";
    }
    const giveUp = () => {
      again();
      return "";
    };
    world.schedule.offerAfter(20_000, { label: "topup given up", owner: null, run: giveUp });
    process.topUp({ accountId: idOf("account", account), amount, reference }).then(() => {
      given.isOver = true;
      seen.isAnswered = true;
    }, again);
    return reference;
  };
  world.schedule.offerAfter(afterMs, { label: "topup", owner: null, run });
}

function describeSend(planned: PlannedSend, mark: string, atMs: number): SendSeen {
  const { content, account, mobile } = planned;
  const isText = content.kind === "text";
  const template = isText ? "" : content.name;
  const category = isText ? "service" : content.name === "promo" ? "marketing" : "utility";
  return {
    mark,
    account,
    mobile,
    category,
    saying: isText ? `text ${content.text}` : `${template} ${content.value}`,
    hasKey: planned.hasKey,
    atMs,
    answer: null,
  };
}

function formatSend(planned: PlannedSend, mark: string): SendRequest {
  const { account, mobile, content, door, hasKey } = planned;
  const any = { mobile, customField: mark, mediaName: "", media: null };
  const text = content.kind === "text" ? content.text : null;
  const number = content.kind === "template" ? templateNumberOf(account, content.name) : null;
  if (door === "ws") {
    return {
      ...any,
      source: "ws",
      login: `login-${account}`,
      token: tokenOf(account, "ws"),
      idTemplate: number === null ? undefined : String(number),
      message: text ?? undefined,
      templateVariables: content.kind === "template" ? `[${content.value}]` : undefined,
    };
  }
  return {
    ...any,
    source: "v1",
    tokenHash: createHash("sha256").update(tokenOf(account, "v1")).digest("hex"),
    projectId: null,
    template: number === null ? null : { number },
    text,
    variables: content.kind === "template" ? [content.value] : [],
    sendAtMs: null,
    validForMs: null,
    idempotencyKey: hasKey ? `key of ${mark}` : null,
  };
}
