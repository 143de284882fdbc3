import { createHmac } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { OfficialNumber } from "../../store/numbers.ts";
import { authorize } from "./authorize.ts";
import { asRecord } from "./content.ts";
import type { MetaParts } from "./meta-parts.ts";
import { formatEnvelope, isRefusal, type Refusal, refuse, refuseParameter } from "./refusal.ts";

const CALLS_MAX = 50;
const APP_ID = "100000000000001";
const PERMISSIONS = ["whatsapp_business_management", "whatsapp_business_messaging"] as const;

/**
 * Several reads in one call: `POST /{version}/` with `batch`, a list of `{method, relative_url}` (Meta, "Batch
 * requests"): an answer `{code, body}` for each, the body as text. Among them `debug_token` (Meta, "Debugging
 * and error handling"), which is of no other use here. `appsecret_proof` is checked (Meta, "Secure Graph API calls").
 */
export async function answerBatch(
  parts: MetaParts,
  app: FastifyInstance,
  request: FastifyRequest,
): Promise<object> {
  const body = asRecord(request.body) ?? {};
  const calls = Array.isArray(body.batch) ? body.batch : null;
  if (calls === null || calls.length > CALLS_MAX) {
    return refuseParameter(`batch must be a list of at most ${CALLS_MAX} calls.`);
  }
  const token = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const numbers = parts.numbers.listByToken(token, "meta");
  const wrongProof = checkProof(body.appsecret_proof, token, numbers);
  return Promise.all(
    calls.map(async (call) => {
      const url = String(asRecord(call)?.relative_url ?? "");
      if (asRecord(call)?.method !== "GET") return format(refuseParameter("Only GET is played."));
      if (wrongProof) return format(wrongProof);
      if (url.startsWith("debug_token?")) return describeToken(parts, request, url);
      const { version } = request.params as { version: string };
      const reply = await app.inject({
        method: "GET",
        url: `/meta/${version}/${url}`,
        headers: { authorization: request.headers.authorization ?? "" },
      });
      return { code: reply.statusCode, body: reply.body };
    }),
  );
}

function checkProof(
  proof: unknown,
  token: string,
  numbers: readonly OfficialNumber[],
): Refusal | null {
  if (proof === undefined) return null;
  const right = numbers.some(
    (one) => createHmac("sha256", one.appSecret).update(token).digest("hex") === proof,
  );
  if (right) return null;
  return refuse(100, undefined, {
    message: "Invalid appsecret_proof provided in the API argument",
    type: "GraphMethodException",
    httpStatus: 400,
  });
}

function describeToken(parts: MetaParts, request: FastifyRequest, url: string): object {
  const asked = new URLSearchParams(url.slice(url.indexOf("?"))).get("input_token") ?? "";
  const reached = authorize(parts, request);
  if (isRefusal(reached)) return format(reached);
  const numbers = parts.numbers.listByToken(asked, "meta");
  const troubles = parts.troubles.find(numbers[0]?.id ?? "");
  const expiresAt = Date.parse(troubles.tokenExpiresAt ?? "") / 1000;
  const data = {
    app_id: APP_ID,
    type: "SYSTEM_USER",
    application: "Simulator",
    data_access_expires_at: 0,
    expires_at: Number.isNaN(expiresAt) ? 0 : Math.floor(expiresAt),
    is_valid: numbers.length > 0,
    scopes: PERMISSIONS.filter((one) => !troubles.missingPermissions?.includes(one)),
  };
  return { code: 200, body: JSON.stringify({ data }) };
}

function format(refusal: Refusal): object {
  return { code: refusal.httpStatus, body: JSON.stringify(formatEnvelope(refusal)) };
}
