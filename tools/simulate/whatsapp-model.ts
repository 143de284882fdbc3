import { createHmac } from "node:crypto";
import type {
  UpstreamHttp,
  UpstreamReply,
  UpstreamRequest,
} from "../../packages/server/src/platform/upstream-http.ts";
import type { Chance } from "./chance.ts";
import type { CallSeen, Record as RunRecord, StatusSeen } from "./record.ts";
import type { Mortal, Schedule } from "./schedule.ts";
import { drawStillness } from "./stillness.ts";
import { APP_SECRET, accountOfNumber, idOf } from "./world-rows.ts";

/*
 * WhatsApp, as its documentation and its bad days make it: it accepts, refuses, breaks down with or without having accepted, answers
 * late or never, and posts statuses late, twice, in any order or not at all. It posts again until it is answered 200.
 */

/** One who takes posts; rejects unless the post was stored. */
export interface PostTaker {
  readonly name: string;
  takePost(appId: string, post: { headers: Record<string, string>; body: Buffer }): Promise<void>;
}

/** What the model needs. */
export interface WhatsAppWorld {
  schedule: Schedule;
  chance: Chance;
  record: RunRecord;
  /** Those who could take a post now. */
  takers(): PostTaker[];
  /** Ends a process at this very moment. */
  kill(process: Mortal): void;
  /** Lets a process stand still for so long. */
  freeze(process: Mortal, ms: number): void;
  /** From now on it behaves. */
  isCalm(): boolean;
}

/** The two ways in and out. */
export interface WhatsAppModel {
  /** The way to it for one process. */
  httpFor(caller: Mortal): UpstreamHttp;
}

const LOST: UpstreamReply = { kind: "lost", why: "socket hang up" };

/** Of a hundred calls so many meet a process that falls asleep just before. */
const STILL_PERCENT = 20;

/** Opens it. */
export function createWhatsApp(world: WhatsAppWorld): WhatsAppModel {
  return {
    httpFor: (caller) => ({
      request: (call) =>
        new Promise((resolve) => {
          const run = () => connect(world, { caller, call, resolve });
          // The moment that matters most: written down as called, and not called yet.
          const stands = !world.isCalm() && world.chance.percent(STILL_PERCENT);
          if (stands) world.freeze(caller, drawStillness(world.chance, { least: 500 }));
          world.schedule.offer({ label: "call", owner: caller, run });
        }),
    }),
  };
}

interface Call {
  caller: Mortal;
  call: UpstreamRequest;
  resolve(reply: UpstreamReply): void;
}

function connect(world: WhatsAppWorld, { caller, call, resolve }: Call): string {
  const { chance, schedule } = world;
  if (!world.isCalm() && chance.percent(4)) {
    resolve({ kind: "not-sent", why: "ECONNREFUSED" });
    return "refused the connection";
  }
  try {
    call.beforeWrite?.();
  } catch (error) {
    resolve({ kind: "not-sent", why: String(error) });
    return "not written";
  }
  if (!world.isCalm() && chance.percent(2)) {
    world.kill(caller);
    return "died between the mark and the call";
  }
  let isOver = false;
  const answer = (reply: UpstreamReply) => {
    if (isOver) return;
    isOver = true;
    resolve(reply);
  };
  const timeUp = () => {
    answer({ kind: "lost", why: `no whole answer within ${call.timeoutMs} ms` });
    return "";
  };
  schedule.offerAfter(call.timeoutMs, { label: "call timed out", owner: caller, run: timeUp });
  const arrive = () => receiveCall(world, { caller, call, resolve: answer });
  if (!chance.percent(30)) return arrive();
  // It is on its way, and arrives whatever becomes of the one who sent it.
  schedule.offer({ label: "call arrives", owner: null, run: arrive });
  return "on its way";
}

type Fate =
  | "accept"
  | "refuse for now"
  | "refuse"
  | "throttle"
  | "break down"
  | "accept and break down"
  | "accept and cut"
  | "cut"
  | "accept and be silent"
  | "be silent";

const FATES: readonly (readonly [Fate, number])[] = [
  ["accept", 62],
  ["refuse for now", 7],
  ["refuse", 5],
  ["throttle", 2],
  ["break down", 4],
  ["accept and break down", 4],
  ["accept and cut", 5],
  ["cut", 4],
  ["accept and be silent", 4],
  ["be silent", 3],
];

function drawFate({ chance, isCalm }: WhatsAppWorld): Fate {
  if (isCalm()) return "accept";
  let draw = chance.between(1, 100);
  for (const [fate, share] of FATES) {
    draw -= share;
    if (draw <= 0) return fate;
  }
  return "accept";
}

function receiveCall(world: WhatsAppWorld, { caller, call, resolve }: Call): string {
  const { chance, schedule, record } = world;
  const body = JSON.parse(String(call.body)) as { biz_opaque_callback_data: string; to: string };
  const messageId = body.biz_opaque_callback_data;
  const fate = drawFate(world);
  const seen: CallSeen = {
    messageId,
    to: body.to.replace("+", ""),
    atMs: schedule.now(),
    isAccepted: fate.startsWith("accept"),
    isRefusalHeard: false,
    mayRepeat: fate === "refuse for now" || fate === "throttle",
  };
  record.calls.push(seen);
  const numberId = call.url.split("/").at(-2) ?? "";
  if (seen.isAccepted) planStatuses(world, { messageId, numberId });
  const reply = replyOf(fate, messageId);
  if (!reply) return `${fate} ${messageId}`;
  const isRefusal = fate === "refuse for now" || fate === "refuse" || fate === "throttle";
  const run = () => {
    seen.isRefusalHeard = isRefusal;
    resolve(reply);
    return "";
  };
  // Beyond the caller's patience now and then.
  const delayMs = chance.percent(15) && !world.isCalm() ? chance.between(100, 40_000) : 0;
  schedule.offerAfter(delayMs, { label: "reply", owner: caller, run });
  return `${fate} ${messageId}`;
}

function replyOf(fate: Fate, messageId: string): UpstreamReply | null {
  const reply = (status: number, body: unknown): UpstreamReply => ({
    kind: "reply",
    status,
    headers: {},
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const error = (code: number) => ({ error: { code, message: `(#${code}) no`, type: "x" } });
  switch (fate) {
    case "accept":
      return reply(200, { messages: [{ id: `wamid.${messageId}` }] });
    case "refuse for now":
      return reply(503, error(131016));
    case "throttle":
      return reply(429, error(130429));
    case "refuse":
      return reply(400, error(131026));
    case "break down":
    case "accept and break down":
      return reply(502, "<html>Bad gateway</html>");
    case "cut":
    case "accept and cut":
      return LOST;
    default:
      return null;
  }
}

const LIVES: readonly (readonly StatusSeen["status"][])[] = [
  ["sent", "delivered", "read"],
  ["sent", "delivered", "read"],
  ["sent", "delivered"],
  ["sent", "delivered", "read"],
  ["sent"],
  ["failed"],
  ["sent", "failed"],
  ["failed", "delivered"],
  ["delivered", "read"],
  [],
];

function planStatuses(world: WhatsAppWorld, of: { messageId: string; numberId: string }): void {
  const { chance, record } = world;
  let delayMs = 0;
  for (const status of chance.pick(LIVES)) {
    const isLate = chance.percent(5);
    delayMs += chance.between(5, isLate ? 4 * 3_600_000 : 20_000);
    const seen: StatusSeen = {
      messageId: of.messageId,
      status,
      postedAtMs: Number.POSITIVE_INFINITY,
      answeredAtMs: null,
    };
    record.statuses.push(seen);
    const body = formatPost(world, { ...of, status, afterMs: delayMs });
    const isOutOfOrder = chance.percent(12);
    post(world, { seen, body, delayMs: isOutOfOrder ? chance.between(0, 60_000) : delayMs });
    if (chance.percent(10)) {
      post(world, { seen, body, delayMs: delayMs + chance.between(0, 90_000) });
    }
  }
}

interface Post {
  seen: StatusSeen;
  body: Buffer;
  delayMs: number;
}

const POST_PATIENCE_MS = 10_000;

function post(world: WhatsAppWorld, { seen, body, delayMs }: Post): void {
  const { schedule, chance } = world;
  const appId = idOf("app", accountOfMessageBody(body));
  const again = (ms: number) => post(world, { seen, body, delayMs: ms });
  const run = () => {
    const takers = world.takers();
    if (takers.length === 0) {
      again(5_000);
      return "nobody there";
    }
    const taker = chance.pick(takers);
    let isAnswered = false;
    const end = (isTaken: boolean) => {
      if (isAnswered) return;
      isAnswered = true;
      if (isTaken) seen.answeredAtMs ??= schedule.now();
      else again(chance.between(1_000, 30_000));
    };
    // What it says it says now: who answered a post that was given up is not heard.
    const giveUp = () => {
      end(false);
      return "";
    };
    const off = schedule.offerAfter(POST_PATIENCE_MS, {
      label: "post given up",
      owner: null,
      run: giveUp,
    });
    seen.postedAtMs = Math.min(seen.postedAtMs, schedule.now());
    const signature = createHmac("sha256", APP_SECRET).update(body).digest("hex");
    const headers = { "x-hub-signature-256": `sha256=${signature}` };
    taker.takePost(appId, { headers, body }).then(
      () => {
        off();
        end(true);
      },
      () => {
        off();
        end(false);
      },
    );
    return `to ${taker.name}`;
  };
  const label = `post ${seen.status} ${seen.messageId}`;
  schedule.offerAfter(delayMs, { label, owner: null, run });
}

function formatPost(
  { schedule }: WhatsAppWorld,
  of: { messageId: string; numberId: string; status: string; afterMs: number },
): Buffer {
  const status = {
    id: `wamid.${of.messageId}`,
    status: of.status,
    timestamp: String(Math.floor((schedule.now() + of.afterMs) / 1_000)),
    biz_opaque_callback_data: of.messageId,
    ...(of.status === "failed" ? { errors: [{ code: 131026, title: "Undeliverable" }] } : {}),
  };
  const metadata = { phone_number_id: of.numberId, display_phone_number: "573005202020" };
  const value = { messaging_product: "whatsapp", metadata, statuses: [status] };
  const account = accountOfNumber(of.numberId);
  const entry = { id: `business-${account}`, changes: [{ field: "messages", value }] };
  return Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry: [entry] }));
}

function accountOfMessageBody(body: Buffer): number {
  return accountOfNumber(/"phone_number_id":"(\d+)"/u.exec(body.toString())?.[1] ?? "");
}
