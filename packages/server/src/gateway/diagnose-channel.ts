import { randomInt } from "node:crypto";
import type { Finding, FindingProblem } from "../domain/channel-finding.ts";
import { AppError } from "../platform/app-error.ts";
import type { UpstreamHttp, UpstreamReply } from "../platform/upstream-http.ts";
import type { HookProbe, HookSecrets } from "../providers/provider.ts";
import { type ChannelRow, findChannelCredentials } from "../storage/channels.ts";
import { findSealedApp } from "../storage/provider-apps.ts";
import type { TemplateSource } from "./templates.ts";

const PROBE_TIMEOUT_MS = 10_000;

/**
 * Looks at a number from both sides: what its provider says of token, number and subscription, and whether
 * a post like the provider's gets to us by the address that it is told. Sends no message and changes
 * nothing; the probe leaves an empty post in the journal.
 */
export async function diagnoseChannel(
  source: TemplateSource,
  channel: ChannelRow,
  hookUrl: string,
): Promise<Finding[]> {
  const provider = source.findProvider(channel.provider);
  const sealed = await findChannelCredentials(source.pool, channel);
  const app = await findSealedApp(source.pool, channel.appId);
  if (!provider || !sealed || !app) throw new AppError("not_found", "There is no such channel.");
  const token = openText(source, sealed, { place: `channel:${channel.id}`, key: "accessToken" });
  const secret = openText(source, app.secrets, { place: `app:${channel.appId}`, key: "appSecret" });
  const { baseUrl, apiVersion, officialNumber, numberId, businessId } = channel;
  if (!token || !secret) {
    // Whoever is asked with half of the credentials would blame what is right.
    return [
      ...(token ? [] : [wrong("token-unreadable", UNREADABLE, "token")]),
      ...(secret ? [] : [wrong("secret-unreadable", UNREADABLE, "signature")]),
    ];
  }
  const secrets = secret.opened as unknown as HookSecrets;
  const probe = provider.makeProbe(secrets, String(randomInt(1_000_000_000, 9_999_999_999)));
  const accessToken = token.text;
  const [findings, callback] = await Promise.all([
    provider.diagnose({
      http: source.http,
      channel: { baseUrl, apiVersion, officialNumber, numberId, businessId, accessToken },
      hookUrl,
      appSecret: secrets.appSecret,
      nowMs: source.clock.now(),
    }),
    checkCallback(source.http, probe, { hookUrl, real: baseUrl.startsWith("https://") }),
  ]);
  return [...findings, callback];
}

const UNREADABLE = "what is stored does not open with SECRET_KEY";

/** Sealed credentials that have a text under `key`; null: they do not open, or have none. */
function openText(
  { secretBox }: Pick<TemplateSource, "secretBox">,
  sealed: Buffer,
  { place, key }: { place: string; key: string },
): { opened: Record<string, unknown>; text: string } | null {
  try {
    const opened = secretBox.open(sealed, place) as Record<string, unknown> | null;
    const text = opened?.[key];
    return opened && typeof text === "string" && text !== "" ? { opened, text } : null;
  } catch {
    return null;
  }
}

/** Does what the provider does when it is told our address, and when it posts. */
async function checkCallback(
  http: UpstreamHttp,
  probe: HookProbe,
  { hookUrl, real }: { hookUrl: string; real: boolean },
): Promise<Finding> {
  // A provider in the internet posts to https only; a simulator beside us posts anywhere.
  if (real && !hookUrl.startsWith("https://")) return wrong("callback-not-public", hookUrl);
  if (probe.question) {
    const query = new URLSearchParams(probe.question.query).toString();
    const reply = await request(http, { method: "GET", url: `${hookUrl}?${query}`, headers: {} });
    const refusal = judgeReply(reply, "the subscription check");
    if (refusal) return refusal;
    if (reply.kind === "reply" && reply.body !== probe.question.answer) {
      return wrong("callback-altered", "the subscription check came back changed");
    }
  }
  const { headers, pathSecret, body } = probe.post;
  const url = pathSecret === null ? hookUrl : `${hookUrl}/${encodeURIComponent(pathSecret)}`;
  const reply = await request(http, { method: "POST", url, headers, body });
  const refusal = judgeReply(reply, "a signed post");
  return (
    refusal ?? { check: "callback", state: "ok", detail: `a signed post reaches us by ${hookUrl}` }
  );
}

function request(
  http: UpstreamHttp,
  call: Omit<Parameters<UpstreamHttp["request"]>[0], "timeoutMs">,
): Promise<UpstreamReply> {
  return http.request({ ...call, timeoutMs: PROBE_TIMEOUT_MS });
}

function judgeReply(reply: UpstreamReply, what: string): Finding | null {
  if (reply.kind !== "reply") return wrong("callback-unreachable", `${what} got no answer`);
  if (reply.status === 200) return null;
  return wrong("callback-altered", `${what} was answered HTTP ${reply.status}`);
}

function wrong(
  problem: FindingProblem,
  detail: string,
  check: Finding["check"] = "callback",
): Finding {
  return { check, state: "wrong", problem, detail };
}
