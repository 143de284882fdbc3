import type { Say } from "../../i18n/words.ts";
import { sayFailure } from "../../ui/failure/say-failure.ts";
import { formatMoney, parseMoney } from "../../ui/format/format-money.ts";
import { formatMobile } from "../../ui/format/format-number.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import type { es } from "./i18n/es.ts";
import type { Facts } from "./use-facts.ts";

/** A step to a working account. */
export interface Step {
  id: "number" | "balance" | "template" | "token" | "webhook" | "message" | "people";
  /** Null while it is asked; false: not yet; a sentence once it is. */
  done: string | false | null;
  /** Why it is not done though something was; without it, what it is for. */
  state?: string;
  /** Nothing is missing without it. */
  isOptional?: true;
}

const GONE = new Set(["sent", "delivered", "read"]);

/** The steps in their order, as the account stands now. */
export function judgeSteps(facts: Facts, say: Say<typeof es>): Step[] {
  return [
    judgeNumber(facts, say),
    judgeBalance(facts, say),
    judgeTemplate(facts, say),
    judgeMessage(facts, say),
    judgeToken(facts, say),
    judgeWebhook(facts, say),
    judgePeople(facts, say),
  ];
}

function judgeNumber({ numbers, projects }: Facts, say: Say<typeof es>): Step {
  if (numbers === undefined) return { id: "number", done: null };
  const number = numbers.items.find(({ active }) => active);
  if (number === undefined) return { id: "number", done: false };
  const mobile = formatMobile(number.official_number);
  if (projects?.items.length === 0) {
    return { id: "number", done: false, state: say("number.noProject", { number: mobile }) };
  }
  return { id: "number", done: say("number.done", { number: mobile }) };
}

function judgeBalance({ wallet, prices }: Facts, say: Say<typeof es>): Step {
  if (wallet === undefined || prices === undefined) return { id: "balance", done: null };
  const hasPrice = prices.items.some(({ amount }) => amount !== null);
  if (!hasPrice) return { id: "balance", done: false, state: say("balance.noPrices") };
  const amount = formatMoney(wallet.balance, wallet.currency);
  const hasMoney = (parseMoney(wallet.balance) ?? 0n) > 0n;
  return { id: "balance", done: hasMoney && say("balance.done", { amount }) };
}

function judgeTemplate({ templates }: Facts, say: Say<typeof es>): Step {
  if (templates === undefined) return { id: "template", done: null };
  const count = (status: string) => templates.items.filter((one) => one.status === status).length;
  const approved = count("approved");
  if (approved > 0) return { id: "template", done: say("template.done", { count: approved }) };
  const [pending, rejected, drafts] = [count("pending"), count("rejected"), count("draft")];
  if (pending > 0) return { id: "template", done: false, state: say("template.pending") };
  if (rejected > 0) return { id: "template", done: false, state: say("template.rejected") };
  if (drafts > 0) return { id: "template", done: false, state: say("template.draft") };
  return { id: "template", done: false };
}

function judgeMessage({ messages }: Facts, say: Say<typeof es>): Step {
  if (messages === undefined) return { id: "message", done: null };
  const gone = messages.items.find(({ status }) => GONE.has(status));
  if (gone !== undefined) {
    return { id: "message", done: say("message.done", { at: formatFull(gone.accepted_at) }) };
  }
  const [last] = messages.items;
  if (last === undefined) return { id: "message", done: false };
  const state =
    last.status === "failed"
      ? say("message.failed", { why: sayFailure(last) })
      : say("message.underWay");
  return { id: "message", done: false, state };
}

function judgeToken({ tokens }: Facts, say: Say<typeof es>): Step {
  if (tokens === undefined) return { id: "token", done: null };
  const now = new Date().toISOString();
  const live = tokens.items.filter(
    ({ revoked_at: revoked, expires_at: end }) => revoked === null && (end === null || end > now),
  );
  const count = live.length;
  return { id: "token", done: count > 0 && say("token.done", { count }) };
}

function judgeWebhook({ endpoints }: Facts, say: Say<typeof es>): Step {
  if (endpoints === undefined) return { id: "webhook", done: null };
  const enabled = endpoints.items.filter(({ state }) => state === "enabled");
  const count = enabled.filter(({ failing_since: since }) => since === null).length;
  if (count > 0) return { id: "webhook", done: say("webhook.done", { count }) };
  if (enabled.length > 0) return { id: "webhook", done: false, state: say("webhook.failing") };
  const isShut = endpoints.items.length > 0;
  return { id: "webhook", done: false, ...(isShut && { state: say("webhook.disabled") }) };
}

function judgePeople({ people }: Facts, say: Say<typeof es>): Step {
  const count = people?.items.length ?? 0;
  const done = people === undefined ? null : count > 1 && say("people.done", { count });
  return { id: "people", done, isOptional: true };
}
