import type { SimulatedNumber } from "@recado/contract/simulator-api";
import { request } from "undici";

const pingTimeoutMs = 2_000;

/** What Gupshup posts when a callback is saved: it wants any 2xx (fact sheet 4.1). Never throws. */
export async function pingCallback(
  number: SimulatedNumber,
  nowMs: number,
): Promise<{ ok: boolean; detail: string }> {
  const body = {
    app: number.appName,
    timestamp: nowMs,
    version: 2,
    type: "user-event",
    payload: { phone: "callbackSetPhone", type: "sandbox-start" },
  };
  try {
    const answer = await request(number.callbackUrl, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", ...number.callbackHeaders },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(pingTimeoutMs),
    });
    await answer.body.dump();
    const ok = answer.statusCode >= 200 && answer.statusCode < 300;
    return { ok, detail: `HTTP ${answer.statusCode}` };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : "no answer" };
  }
}
