import { createHmac } from "node:crypto";
import type {
  SafeFetch,
  SafeReply,
  SafeRequest,
} from "../../packages/server/src/platform/safe-fetch.ts";
import type { Chance } from "./chance.ts";
import type { HookSeen, Record as RunRecord } from "./record.ts";
import type { Mortal, Schedule } from "./schedule.ts";
import { drawStillness } from "./stillness.ts";
import { ENDPOINT_SECRET } from "./world-rows.ts";

/** Integrators' servers: they take webhooks, refuse them, answer 500, hang, or take one and break before they answer. */
export interface ReceiverWorld {
  schedule: Schedule;
  chance: Chance;
  record: RunRecord;
  /** From now on they behave. */
  isCalm(): boolean;
  /** Lets a process stand still for so long. */
  freeze(process: Mortal, ms: number): void;
}

/** Of a hundred webhooks so many meet a process that falls asleep just before. */
const STILL_PERCENT = 5;

type Fate = "take" | "refuse" | "fail" | "hang" | "take and break";

/** The way to them for one process. */
export function createReceiverFetch(world: ReceiverWorld, caller: Mortal): SafeFetch {
  return {
    send: (call) =>
      new Promise((resolve) => {
        const run = () => arrive(world, { caller, call, resolve });
        const stands = !world.isCalm() && world.chance.percent(STILL_PERCENT);
        if (stands) world.freeze(caller, drawStillness(world.chance, { least: 500 }));
        world.schedule.offer({ label: "hook", owner: caller, run });
      }),
    openGuarded: () => Promise.reject(new Error("nothing is downloaded here")),
    close: () => Promise.resolve(),
  };
}

interface Call {
  caller: Mortal;
  call: SafeRequest;
  resolve(reply: SafeReply): void;
}

function arrive(world: ReceiverWorld, { caller, call, resolve }: Call): string {
  const { schedule, record } = world;
  const fate = drawFate(world);
  if (fate === "refuse") {
    resolve({ kind: "failed", why: "ECONNREFUSED" });
    return fate;
  }
  const seen = readHook(call, schedule.now());
  seen.isTaken = fate === "take" || fate === "take and break";
  record.hooks.push(seen);
  const reply = replyOf(fate);
  const delayMs = fate === "hang" ? call.timeoutMs : world.chance.between(0, 40);
  const run = () => {
    resolve(reply);
    return "";
  };
  schedule.offerAfter(delayMs, { label: "hook's reply", owner: caller, run });
  return `${fate} ${seen.event} ${seen.messageId}`;
}

function drawFate({ chance, isCalm }: ReceiverWorld): Fate {
  if (isCalm() || chance.percent(70)) return "take";
  return chance.pick<Fate>(["refuse", "fail", "fail", "hang", "take and break"]);
}

function replyOf(fate: Fate): SafeReply {
  if (fate === "hang" || fate === "take and break") return { kind: "failed", why: "no answer" };
  return { kind: "reply", status: fate === "take" ? 204 : 500, headers: {}, excerpt: "" };
}

/** Reads it as an integrator does, who checks the signature first. */
function readHook({ url, headers, body = "" }: SafeRequest, atMs: number): HookSeen {
  const id = headers["webhook-id"] ?? "";
  const signed = `${id}.${headers["webhook-timestamp"]}.${body}`;
  const key = Buffer.from(ENDPOINT_SECRET.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(signed).digest("base64");
  if (headers["webhook-signature"] !== `v1,${signature}`) throw new Error("a webhook's signature");
  const said = JSON.parse(body) as { type2: string; messageId: string };
  return {
    endpointId: url.split("/").at(-1) ?? "",
    webhookId: id,
    messageId: said.messageId,
    event: said.type2,
    atMs,
    isTaken: false,
  };
}
