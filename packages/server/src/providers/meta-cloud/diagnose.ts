import { createHmac } from "node:crypto";
import type { Finding } from "../../domain/channel-finding.ts";
import {
  type JsonRecord,
  listOf,
  parseJson,
  recordOf,
  textOf,
} from "../cloud-wire/untrusted-json.ts";
import { readUpstreamError, type UpstreamError } from "../cloud-wire/upstream-error.ts";
import type { DiagnoseCall } from "../provider.ts";
import { callGraph, readResult } from "./graph.ts";

const DAY_MS = 86_400_000;
/** A token that ends within this time is a problem of today. */
const EXPIRES_SOON_MS = 14 * DAY_MS;
const MESSAGING = "whatsapp_business_messaging";
const MANAGEMENT = "whatsapp_business_management";
const NUMBER_FIELDS = "id,display_phone_number,quality_rating,name_status,platform_type,status";
const PAGE_SIZE = 100;

/** An answer of Meta's: what was asked for, or its error, or neither. */
type Reply = { result: JsonRecord | null; error: UpstreamError | null; why: string };

/** Looks at a number at Meta: token, permissions, number, its state, subscription, app secret. Changes nothing. */
export async function diagnose(call: DiagnoseCall): Promise<Finding[]> {
  const { businessId, numberId } = call.channel;
  const [token, secret, number, numbers, apps] = await Promise.all([
    askForToken(call),
    askWithProof(call),
    ask(call, [numberId], { fields: NUMBER_FIELDS }),
    ask(call, [businessId, "phone_numbers"], { fields: "id", limit: String(PAGE_SIZE) }),
    ask(call, [businessId, "subscribed_apps"]),
  ]);
  const ended = judgeDeadToken([token, number, numbers, apps]);
  if (ended) return [ended];
  return [
    judgeToken(token, call.nowMs),
    ...judgePermissions(token, numbers),
    judgeNumber(call, number, numbers),
    ...judgeState(number),
    judgeSubscription(call, apps, token),
    judgeSecret(secret),
  ];
}

async function ask(
  call: DiagnoseCall,
  path: readonly string[],
  query: Record<string, string> = {},
): Promise<Reply> {
  const reply = await callGraph(call, { method: "GET", path, query });
  if (reply.kind !== "reply") return { result: null, error: null, why: "no answer from Meta" };
  const error = readUpstreamError(recordOf(parseJson(reply.body)?.value)?.error);
  return { result: readResult(reply), error, why: `Meta answered HTTP ${reply.status}` };
}

/**
 * One read by a batch ("Batch requests"): what must be in no address (a token, a proof) travels in the body.
 */
async function askInBatch(
  call: DiagnoseCall,
  relativeUrl: string,
  more: Record<string, string> = {},
): Promise<Reply> {
  const batch = [{ method: "GET", relative_url: relativeUrl }];
  const reply = await callGraph(call, { method: "POST", path: [""], body: { batch, ...more } });
  if (reply.kind !== "reply") return { result: null, error: null, why: "no answer from Meta" };
  const parsed = parseJson(reply.body)?.value;
  const [first] = listOf(parsed);
  const inner = recordOf(parseJson(textOf(recordOf(first)?.body) ?? "")?.value);
  const error = readUpstreamError((inner ?? recordOf(parsed))?.error);
  const result = error === null ? inner : null;
  return { result, error, why: `Meta answered HTTP ${reply.status}` };
}

function askForToken(call: DiagnoseCall): Promise<Reply> {
  const query = new URLSearchParams({ input_token: call.channel.accessToken });
  return askInBatch(call, `debug_token?${query}`);
}

/** With `appsecret_proof` Meta refuses whoever has another secret than the token's app ("Secure Graph API calls"). */
function askWithProof(call: DiagnoseCall): Promise<Reply> {
  const { accessToken, numberId } = call.channel;
  const proof = createHmac("sha256", call.appSecret).update(accessToken).digest("hex");
  return askInBatch(call, `${encodeURIComponent(numberId)}?fields=id`, { appsecret_proof: proof });
}

/** Nothing else can be looked at without a token. */
function judgeDeadToken(replies: readonly Reply[]): Finding | null {
  const error = replies.map((reply) => reply.error).find((one) => one?.code === 190);
  if (!error) return null;
  const problem = error.subcode === 463 ? "token-expired" : "token-invalid";
  return {
    check: "token",
    state: "wrong",
    problem,
    detail: `Meta refuses the token (${error.code})`,
  };
}

function judgeToken({ result, error, why }: Reply, nowMs: number): Finding {
  const data = recordOf(result?.data);
  if (data === null) {
    return { check: "token", state: "unknown", detail: error ? `code ${error.code}` : why };
  }
  if (data.is_valid === false) {
    return { check: "token", state: "wrong", problem: "token-invalid", detail: "not valid" };
  }
  const expiresAtMs = Number(data.expires_at) * 1000;
  if (!(expiresAtMs > 0)) return { check: "token", state: "ok", detail: "valid, never expires" };
  const when = new Date(expiresAtMs).toISOString().slice(0, 10);
  if (expiresAtMs > nowMs + EXPIRES_SOON_MS) {
    return { check: "token", state: "ok", detail: `valid until ${when}` };
  }
  const problem = expiresAtMs > nowMs ? "token-expiring" : "token-expired";
  return { check: "token", state: "wrong", problem, detail: `expires on ${when}` };
}

function judgePermissions(token: Reply, numbers: Reply): Finding[] {
  const scopes = recordOf(token.result?.data)?.scopes;
  const has = (scope: string) => (Array.isArray(scopes) ? scopes.includes(scope) : null);
  // What the token says of itself, or else what a call that needs the permission was answered.
  const mayManage = has(MANAGEMENT) ?? (numbers.result ? true : isDenied(numbers) ? false : null);
  return [
    judgePermission(MESSAGING, "permission-messaging", has(MESSAGING)),
    judgePermission(MANAGEMENT, "permission-management", mayManage),
  ];
}

function judgePermission(
  name: string,
  problem: "permission-messaging" | "permission-management",
  granted: boolean | null,
): Finding {
  if (granted === false) {
    return { check: "permissions", state: "wrong", problem, detail: `${name} is missing` };
  }
  const detail = granted ? name : `whether it has ${name} cannot be seen`;
  return { check: "permissions", state: granted ? "ok" : "unknown", detail };
}

function isDenied({ error }: Reply): boolean {
  return error !== null && (error.code === 10 || (error.code >= 200 && error.code <= 299));
}

function judgeNumber(call: DiagnoseCall, number: Reply, numbers: Reply): Finding {
  const { businessId, numberId, officialNumber } = call.channel;
  if (number.result === null) {
    if (number.error?.code === 100) {
      const detail = `the token does not reach ${numberId}`;
      return { check: "number", state: "wrong", problem: "number-unknown", detail };
    }
    return { check: "number", state: "unknown", detail: describe(number) };
  }
  const shown = (textOf(number.result.display_phone_number) ?? "").replace(/\D/gu, "");
  if (shown !== "" && shown !== officialNumber) {
    const detail = `${numberId} is +${shown}`;
    return { check: "number", state: "wrong", problem: "number-not-this-one", detail };
  }
  const listed = listOf(numbers.result?.data).map((item) => textOf(recordOf(item)?.id));
  if (listed.includes(numberId)) {
    return { check: "number", state: "ok", detail: `+${officialNumber} belongs to ${businessId}` };
  }
  // A full page says nothing of those that are not on it.
  const whole = numbers.result !== null && listed.length < PAGE_SIZE;
  if (whole || numbers.error?.code === 100) {
    const detail = `${businessId} has no number ${numberId}`;
    return { check: "number", state: "wrong", problem: "number-elsewhere", detail };
  }
  return { check: "number", state: "unknown", detail: describe(numbers) };
}

const BLOCKED = ["BANNED", "RESTRICTED", "FLAGGED"];

function judgeState({ result }: Reply): Finding[] {
  if (result === null) return [];
  const [status, quality, name] = [result.status, result.quality_rating, result.name_status].map(
    (value) => textOf(value) ?? "?",
  );
  const detail = `status ${status}, quality ${quality}, name ${name}`;
  const wrong = (problem: Extract<Finding, { state: "wrong" }>["problem"]): Finding => ({
    check: "state",
    state: "wrong",
    problem,
    detail,
  });
  const found: Finding[] = [];
  if (BLOCKED.includes(status ?? "")) found.push(wrong("number-blocked"));
  else if (status !== "CONNECTED" && status !== "?") found.push(wrong("number-unregistered"));
  if (quality === "RED") found.push(wrong("quality-red"));
  if (name === "DECLINED" || name === "EXPIRED") found.push(wrong("name-declined"));
  if (found.length > 0) return found;
  return [{ check: "state", state: status === "?" ? "unknown" : "ok", detail }];
}

function judgeSubscription(call: DiagnoseCall, apps: Reply, token: Reply): Finding {
  if (apps.result === null)
    return { check: "subscription", state: "unknown", detail: describe(apps) };
  const own = textOf(recordOf(token.result?.data)?.app_id);
  const subscribed = listOf(apps.result.data).flatMap((item): JsonRecord[] => {
    const record = recordOf(item);
    return record ? [record] : [];
  });
  const ours = subscribed.filter(
    (item) => own === null || textOf(recordOf(item.whatsapp_business_api_data)?.id) === own,
  );
  if (ours.length === 0) {
    const detail = `no subscription of our app among ${subscribed.length}`;
    return { check: "subscription", state: "wrong", problem: "not-subscribed", detail };
  }
  const override = ours
    .map((item) => textOf(item.override_callback_uri))
    .find((url) => url !== null);
  if (override && override !== call.hookUrl) {
    const detail = `posts go elsewhere; ours is ${call.hookUrl}`;
    return { check: "subscription", state: "wrong", problem: "callback-elsewhere", detail };
  }
  return { check: "subscription", state: "ok", detail: "the app is subscribed to the account" };
}

function judgeSecret({ result, error, why }: Reply): Finding {
  if (result !== null) {
    return { check: "signature", state: "ok", detail: "Meta knows the app secret" };
  }
  if (error !== null && /appsecret_proof/iu.test(error.text)) {
    const detail = "Meta does not accept the app secret";
    return { check: "signature", state: "wrong", problem: "secret-wrong", detail };
  }
  return { check: "signature", state: "unknown", detail: error ? `code ${error.code}` : why };
}

function describe({ error, why }: Reply): string {
  return error ? `Meta refuses to tell (code ${error.code})` : why;
}
