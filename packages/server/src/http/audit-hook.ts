import type { FastifyInstance, FastifyRequest } from "fastify";
import { beginAudit, endAudit, type OpenAudit } from "../accounts/audit.ts";
import type { Caller } from "../accounts/authenticate.ts";
import type { Operator } from "../accounts/operator.ts";

/** Which calls of a part of the server are audited, and who makes them. */
export interface AuditRules {
  operator: Pick<Operator, "pool" | "clock" | "ids">;
  callerOf(request: FastifyRequest): Caller;
  isAudited(request: FastifyRequest): boolean;
}

const entries = new WeakMap<FastifyRequest, OpenAudit>();

/**
 * Lets every change that is asked for in this part of the server leave an entry, before anything is validated or done:
 * a route cannot forget it, and without its entry nothing is changed.
 */
export function addAudit(scope: FastifyInstance, rules: AuditRules): void {
  scope.addHook("preValidation", async (request) => {
    if (!rules.isAudited(request)) return;
    const { method, url = "" } = request.routeOptions;
    const params = (request.params ?? {}) as Record<string, string | undefined>;
    const entry = await beginAudit(rules.operator, {
      caller: rules.callerOf(request),
      address: request.ip,
      action: `${String(method)} ${url}`,
      noun: url.replace(/^\/console\/api/u, "/console").split("/")[2] ?? "",
      targetId: params.id ?? null,
      body: request.body,
    });
    entries.set(request, entry);
  });
  scope.addHook("onSend", async (request, reply, payload) => {
    const entry = entries.get(request);
    if (!entry) return;
    entries.delete(request);
    try {
      const answer = { status: reply.statusCode, body: readPayload(payload) };
      await endAudit(rules.operator, entry, answer);
    } catch (error) {
      // What was done is done: its caller is told so, and the entry stays without an end.
      request.log.error({ err: error, audit: entry.id }, "audit.not_completed");
    }
  });
}

function readPayload(payload: unknown): unknown {
  if (typeof payload !== "string") return null;
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}
