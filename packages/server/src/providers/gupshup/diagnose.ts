import type { Finding } from "../../domain/channel-finding.ts";
import type { UpstreamReply } from "../../platform/upstream-http.ts";
import { listOf, recordOf, textOf } from "../cloud-wire/untrusted-json.ts";
import type { DiagnoseCall } from "../provider.ts";
import { callGupshup, readResult } from "./api.ts";

/** Without these the end of a message, or a reply, is never known (fact sheet §3.7). */
const MODES_NEEDED = ["SENT", "DELIVERED", "READ", "FAILED", "MESSAGE"];
/** Below this, in the wallet's currency, an hour's campaign empties it. */
const BALANCE_MIN = 0;

/** Looks at an app at Gupshup: key, app, wallet, subscription. Changes nothing. */
export async function diagnose(call: DiagnoseCall): Promise<Finding[]> {
  const app = ["wa", "app", call.channel.businessId];
  const get = (path: readonly string[]) => callGupshup(call, { method: "GET", path });
  const [templates, subscriptions, wallet] = await Promise.all([
    get([...app, "template"]),
    get([...app, "subscription"]),
    get(["sm", "api", "v2", "wallet", "balance"]),
  ]);
  const key = judgeKey(templates);
  if (key.state === "wrong" && key.problem === "key-wrong") return [key];
  return [
    key,
    judgeApp(call, templates),
    judgeWallet(wallet),
    ...judgeSubscription(call, subscriptions),
  ];
}

function judgeKey(reply: UpstreamReply): Finding {
  if (reply.kind !== "reply" || reply.status >= 500 || reply.status === 429) {
    return { check: "token", state: "unknown", detail: describe(reply) };
  }
  if (reply.status === 401 || reply.status === 403) {
    const detail = `Gupshup answered HTTP ${reply.status}`;
    return { check: "token", state: "wrong", problem: "key-wrong", detail };
  }
  return { check: "token", state: "ok", detail: "Gupshup knows the apikey" };
}

function judgeApp(call: DiagnoseCall, reply: UpstreamReply): Finding {
  const { businessId, numberId } = call.channel;
  if (readResult(reply) !== null) {
    return { check: "number", state: "ok", detail: `the app ${numberId} answers` };
  }
  if (reply.kind === "reply" && reply.status >= 400 && reply.status < 500 && reply.status !== 429) {
    const detail = `the key does not reach the app ${businessId}`;
    return { check: "number", state: "wrong", problem: "app-wrong", detail };
  }
  return { check: "number", state: "unknown", detail: describe(reply) };
}

/** Newer accounts have no call for it (§3.2). */
function judgeWallet(reply: UpstreamReply): Finding {
  const balance = readResult(reply)?.balance;
  if (typeof balance !== "number") {
    return {
      check: "wallet",
      state: "unknown",
      detail: "Gupshup does not tell this account's balance",
    };
  }
  const detail = `the balance is ${balance}`;
  if (balance > BALANCE_MIN) return { check: "wallet", state: "ok", detail };
  return { check: "wallet", state: "wrong", problem: "wallet-empty", detail };
}

function judgeSubscription(call: DiagnoseCall, reply: UpstreamReply): Finding[] {
  const list = readResult(reply)?.subscriptions;
  if (!Array.isArray(list)) {
    return [{ check: "subscription", state: "unknown", detail: describe(reply) }];
  }
  const active = listOf(list).flatMap((item) => {
    const record = recordOf(item);
    return record && record.active !== false ? [record] : [];
  });
  if (active.length === 0) {
    const detail = `there is no active one; ours is ${call.hookUrl}`;
    return [{ check: "subscription", state: "wrong", problem: "not-subscribed", detail }];
  }
  // The secret may stand behind our address, and is not for a report.
  const ours = active.filter((one) => leadsTo(textOf(one.url), call.hookUrl));
  if (ours.length === 0) {
    const detail = `none leads to ${call.hookUrl}`;
    return [{ check: "subscription", state: "wrong", problem: "callback-elsewhere", detail }];
  }
  const modes = new Set(ours.flatMap((one) => listOf(one.modes).map((mode) => textOf(mode))));
  const missing = MODES_NEEDED.filter((mode) => !modes.has(mode) && !modes.has("ALL"));
  if (modes.size > 0 && missing.length > 0) {
    const detail = `missing: ${missing.join(", ")}`;
    return [{ check: "subscription", state: "wrong", problem: "events-missing", detail }];
  }
  return [{ check: "subscription", state: "ok", detail: "events are posted to us" }];
}

function leadsTo(url: string | null, hookUrl: string): boolean {
  return url !== null && (url === hookUrl || url.startsWith(`${hookUrl}/`));
}

function describe(reply: UpstreamReply): string {
  return reply.kind === "reply"
    ? `Gupshup answered HTTP ${reply.status}`
    : "no answer from Gupshup";
}
