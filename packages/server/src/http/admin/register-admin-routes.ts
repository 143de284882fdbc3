import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import { checkOffice } from "../../accounts/access.ts";
import { authenticate, type Caller } from "../../accounts/authenticate.ts";
import { AppError } from "../../platform/app-error.ts";
import { addAudit } from "../audit-hook.ts";
import { findOfficeCaller, readOpenSession } from "../session-caller.ts";
import { addAccountRoutes } from "./account-routes.ts";
import { type AdminDeps, callerOf, setCaller } from "./admin-deps.ts";
import { addAuditRoutes } from "./audit-routes.ts";
import { addChannelRoutes } from "./channel-routes.ts";
import { addDoctorRoutes } from "./doctor-routes.ts";
import { createFailureLimit, type FailureLimit } from "./failure-limit.ts";
import { addJournalRoutes } from "./journal-routes.ts";
import { addLimitRoutes } from "./limit-routes.ts";
import { addMessageRoutes } from "./message-routes.ts";
import { addMoneyRoutes } from "./money-routes.ts";
import { addOptOutRoutes } from "./opt-out-routes.ts";
import { addPersonRoutes } from "./person-routes.ts";
import { addPriceRoutes } from "./price-routes.ts";
import { addProjectRoutes } from "./project-routes.ts";
import { addReportRoutes } from "./report-routes.ts";
import { addResaleRoutes } from "./resale-routes.ts";
import { checkResellerRoute } from "./reseller-routes.ts";
import { addRetentionRoutes } from "./retention-routes.ts";
import { addSearchRoutes } from "./search-routes.ts";
import { addTemplateLifeRoutes } from "./template-life-routes.ts";
import { addTemplateRoutes } from "./template-routes.ts";
import { addTokenRoutes } from "./token-routes.ts";
import { addUserRoutes } from "./user-routes.ts";
import { addWebhookRoutes } from "./webhook-routes.ts";

const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
const FAILURES_MAX = 20;
const FAILURE_WINDOW_MS = 60_000;
const ADDRESSES_MAX = 10_000;

/**
 * Adds the administration API under `/admin`. Every route needs an administrator's token or an operator's session, or a
 * reseller's where `reseller-routes.ts` has it; after 20 wrong
 * ones in a minute an address is answered 429 until the minute is over. Errors are left to the server's
 * own handler (`registerProblems`).
 */
export function registerAdminRoutes(app: FastifyInstance, deps: AdminDeps): void {
  const limit = createFailureLimit({
    clock: deps.clock,
    failuresMax: FAILURES_MAX,
    windowMs: FAILURE_WINDOW_MS,
    addressesMax: ADDRESSES_MAX,
  });
  void app.register(
    (scope, _options, done) => {
      scope.setValidatorCompiler(validatorCompiler);
      scope.setSerializerCompiler(serializerCompiler);
      scope.addHook("onRequest", async (request, reply) => {
        const session = await readOpenSession(request, deps);
        if (!session) return checkToken(request, deps, limit);
        reply.header("cache-control", "no-store");
        admit(request, await findOfficeCaller(deps, session));
      });
      addAudit(scope, {
        operator: deps,
        callerOf,
        isAudited: ({ method }) => !READS.has(method),
      });
      const typed = scope.withTypeProvider<ZodTypeProvider>();
      addAccountRoutes(typed, deps);
      addUserRoutes(typed, deps);
      addTokenRoutes(typed, deps);
      addProjectRoutes(typed, deps);
      addChannelRoutes(typed, deps);
      addTemplateRoutes(typed, deps);
      addTemplateLifeRoutes(typed, deps);
      addPriceRoutes(typed, deps);
      addMoneyRoutes(typed, deps);
      addMessageRoutes(typed, deps);
      addWebhookRoutes(typed, deps);
      addJournalRoutes(typed, deps);
      addPersonRoutes(typed, deps);
      addDoctorRoutes(typed, deps);
      addReportRoutes(typed, deps);
      addResaleRoutes(typed, deps);
      addRetentionRoutes(typed, deps);
      addAuditRoutes(typed, deps);
      addLimitRoutes(typed, deps);
      addOptOutRoutes(typed, deps);
      addSearchRoutes(typed, deps);
      done();
    },
    { prefix: "/admin" },
  );
}

async function checkToken(
  request: FastifyRequest,
  deps: AdminDeps,
  limit: FailureLimit,
): Promise<void> {
  const retryAfterS = limit.waitS(request.ip);
  if (retryAfterS > 0) {
    throw new AppError("too_many_requests", {
      message: "Too many wrong tokens came from this address.",
      retryAfterS,
    });
  }
  const [, token] = /^Bearer ([\x21-\x7e]+)$/iu.exec(request.headers.authorization ?? "") ?? [];
  const caller = token === undefined ? null : await authenticate(deps, token);
  if (!caller) {
    limit.note(request.ip);
    throw new AppError(
      "unauthenticated",
      "Send an administrator's token: Authorization: Bearer rcd_adm_…",
    );
  }
  checkOffice(caller);
  admit(request, caller);
}

function admit(request: FastifyRequest, caller: Caller | null): void {
  if (!caller) throw new AppError("forbidden", "This is for operators and resellers.");
  if (caller.kind === "reseller") checkResellerRoute(request);
  setCaller(request, caller);
}
