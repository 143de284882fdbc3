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
  const { accessToken } = source.secretBox.open(sealed, `channel:${channel.id}`) as {
    accessToken: string;
  };
  const secrets = source.secretBox.open(app.secrets, `app:${channel.appId}`) as HookSecrets;
  const { baseUrl, apiVersion, officialNumber, numberId, businessId } = channel;
  const probe = provider.makeProbe(secrets, String(randomInt(1_000_000_000, 9_999_999_999)));
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

function wrong(problem: FindingProblem, detail: string): Finding {
  return { check: "callback", state: "wrong", problem, detail };
}
