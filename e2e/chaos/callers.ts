import { setTimeout as delay } from "node:timers/promises";
import type { Demo } from "@recado/contract/demo";
import { findTemplate } from "../product/demo-templates.ts";
import type { CallerAnswer, CallerSend, OfferedLoad } from "./records.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** A crowd of integrators that send at a fixed rate while they have a hand free, and repeat as the guide says. */
export interface Callers {
  sends: CallerSend[];
  /** Sends without an answer so far. */
  waiting(): number;
  /** Begins no more; resolves when each has its answer or has given up. */
  stop(): Promise<OfferedLoad>;
}

const TICK_MS = 10;
/** A crowd has so many hands: more would only measure how many connections this process can open. */
const AT_ONCE_MAX = 2_000;
/** After the first try; twice and three times as long after those that follow. */
const REPEAT_AFTER_MS = 400;
const REPEAT_TIMES_MAX = 4;
const ANSWER_MS_MAX = 20_000;
/** Without a key a repeat is only recognised for 60 seconds: after this nobody may repeat any more. */
const UNKEYED_MS_MAX = 50_000;
const KEYED_MS_MAX = 300_000;
const SEND_PATH = "/bot/chat_wa/ws/send/";
/** Of so many sends one must be refused. */
const REFUSED_EVERY = 25;

/** Starts sending to the servers in turn; a repeat goes to the next one. */
export function startCallers(
  demo: Demo,
  servers: readonly { baseUrl: string }[],
  load: { perSecond: number; random: SeededRandom },
): Callers {
  const sends: CallerSend[] = [];
  const open = new Set<Promise<void>>();
  const makeSend = createSends(demo);
  let ended = false;
  let skipped = 0;
  const begin = (at: number) => {
    const { send, fields } = makeSend(at);
    sends.push(send);
    const urls = servers.map(({ baseUrl }) => `${baseUrl}${SEND_PATH}`);
    const done = sendUntilAnswered(send, fields, { urls, turn: at }).finally(() =>
      open.delete(done),
    );
    open.add(done);
  };
  const startedAt = performance.now();
  const run = async () => {
    while (!ended) {
      const due = ((performance.now() - startedAt) * load.perSecond) / 1000;
      while (sends.length + skipped < due) {
        if (open.size < AT_ONCE_MAX) begin(sends.length);
        else skipped += 1;
      }
      await delay(TICK_MS);
    }
  };
  const running = run();
  return {
    sends,
    waiting: () => open.size,
    async stop() {
      ended = true;
      await running;
      const seconds = (performance.now() - startedAt) / 1_000;
      await Promise.all(open);
      return { perSecond: load.perSecond, seconds, skipped };
    },
  };
}

type Fields = Record<string, string>;

/** Makes the n-th send: most are good, some must be refused, half carry a key. Each goes to somebody else. */
function createSends(demo: Demo): (at: number) => { send: CallerSend; fields: Fields } {
  const template = findTemplate(demo, { variables: 1, category: "utility", header: null });
  const { noBalance } = demo.others;
  return (at) => {
    const mobile = `5731${String(10_000_000 + at)}`;
    const keyed = at % 2 === 0;
    const good: Fields = {
      login: demo.login,
      token: demo.token,
      mobile,
      id_template: `${template.id_template}`,
      template_variables: `[pedido ${at}]`,
      ...(keyed ? { idempotency_key: `chaos-${at}` } : {}),
    };
    const { wanted, changes } = at % REFUSED_EVERY === 0 ? refuse(at, noBalance) : GOOD;
    return {
      send: { mobile, wanted, keyed, answers: [], messageId: null },
      fields: { ...good, ...changes },
    };
  };
}

const GOOD: { wanted: number; changes: Fields } = { wanted: 1, changes: {} };

function refuse(at: number, noBalance: Demo["others"]["noBalance"]) {
  const { login, token, id_template = 0 } = noBalance;
  const kinds: { wanted: number; changes: Fields }[] = [
    { wanted: 4, changes: { mobile: "5731" } },
    { wanted: 5, changes: { login, token, id_template: `${id_template}`, template_variables: "" } },
    { wanted: 7, changes: { id_template: "999999" } },
    { wanted: 8, changes: { template_variables: "[uno] [dos]" } },
  ];
  return kinds[(at / REFUSED_EVERY) % kinds.length] ?? GOOD;
}

async function sendUntilAnswered(
  send: CallerSend,
  fields: Fields,
  to: { urls: readonly string[]; turn: number },
): Promise<void> {
  const untilMs = performance.now() + (send.keyed ? KEYED_MS_MAX : UNKEYED_MS_MAX);
  for (let time = 0; performance.now() < untilMs; time += 1) {
    const url = to.urls[(to.turn + time) % to.urls.length] ?? "";
    const { answer, messageId } = await sendOnce(url, fields);
    send.answers.push(answer);
    if (answer === 1) send.messageId = messageId;
    if (typeof answer === "number") return;
    await delay(REPEAT_AFTER_MS * Math.min(time + 1, REPEAT_TIMES_MAX));
  }
}

async function sendOnce(
  url: string,
  fields: Fields,
): Promise<{ answer: CallerAnswer; messageId: string | null }> {
  try {
    const body = new URLSearchParams(fields);
    const reply = await fetch(url, {
      method: "POST",
      body,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    const text = await reply.text();
    if (reply.status !== 200) return { answer: "unavailable", messageId: null };
    const said = JSON.parse(text) as { code: number; messageId?: string };
    return { answer: said.code, messageId: said.messageId ?? null };
  } catch {
    return { answer: "lost", messageId: null };
  }
}
