import { hash } from "node:crypto";
import { makeOpenApi } from "@recado/contract/v1/openapi";
import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import { authenticate } from "../../accounts/authenticate.ts";
import { AppError } from "../../platform/app-error.ts";
import { createEventWaits } from "../../webhooks/event-waits.ts";
import { createFailureLimit, type FailureLimit } from "../admin/failure-limit.ts";
import { addAudit } from "../audit-hook.ts";
import { callerOfSession, readOpenSession } from "../session-caller.ts";
import { serveAccount } from "./account-routes.ts";
import { isAudited } from "./audited-calls.ts";
import { serveContacts } from "./contact-routes.ts";
import { serveConversations } from "./conversation-routes.ts";
import { serveEvents } from "./event-routes.ts";
import { serveLimits } from "./limit-routes.ts";
import { serveMedia } from "./media-routes.ts";
import { serveMessages } from "./message-routes.ts";
import { serveOptOutImport, serveOptOuts } from "./opt-out-routes.ts";
import { servePersons } from "./person-routes.ts";
import { serveSends } from "./send-routes.ts";
import { createServe } from "./serve.ts";
import { serveStatements } from "./statement-routes.ts";
import { serveTemplates } from "./template-routes.ts";
import { callerOf, setCaller, type V1Deps } from "./v1-deps.ts";
import { serveWebhooks } from "./webhook-routes.ts";

const FAILURES_MAX = 20;
const FAILURE_WINDOW_MS = 60_000;
const REMEMBERED_MAX = 50_000;

/**
 * Adds `/v1`. Every call but the one for its own description needs an account's api token, or the session of
 * somebody who is signed in to the console. After 20 tries in a minute of the
 * same wrong token from one address that token is answered 429: only it, since others may call from there as well.
 */
export function registerV1Routes(app: FastifyInstance, deps: V1Deps): void {
  const limit = createFailureLimit({
    clock: deps.clock,
    failuresMax: FAILURES_MAX,
    windowMs: FAILURE_WINDOW_MS,
    addressesMax: REMEMBERED_MAX,
  });
  const waits = createEventWaits(deps);
  app.addHook("preClose", async () => waits.close());
  const document = JSON.stringify(makeOpenApi());
  app.get("/v1/openapi.json", (_request, reply) =>
    reply.header("content-type", "application/json; charset=utf-8").send(document),
  );
  void app.register(
    (scope, _options, done) => {
      scope.setValidatorCompiler(validatorCompiler);
      scope.setSerializerCompiler(serializerCompiler);
      scope.addHook("onRequest", async (request, reply) => {
        const session = await readOpenSession(request, deps);
        if (!session) return checkToken(request, deps, limit);
        reply.header("cache-control", "no-store");
        setCaller(request, { ...callerOfSession(session), tokenHash: "" });
      });
      addAudit(scope, {
        operator: deps,
        callerOf,
        isAudited: ({ method, routeOptions }) => isAudited({ method, url: routeOptions.url ?? "" }),
      });
      const typed = scope.withTypeProvider<ZodTypeProvider>();
      const serve = createServe(typed);
      serveSends(serve, deps);
      serveMessages(serve, deps);
      serveAccount(serve, deps);
      serveStatements(serve, deps);
      serveTemplates(serve, deps);
      serveWebhooks(serve, deps);
      serveEvents(serve, { ...deps, waits });
      serveContacts(serve, deps);
      serveConversations(serve, deps);
      servePersons(serve, deps);
      serveLimits(serve, deps);
      serveOptOuts(serve, deps);
      void typed.register((files, _none, ready) => {
        // A file is read as it comes, whatever its type is said to be.
        files.removeAllContentTypeParsers();
        files.addContentTypeParser("*", (_request, _payload, parsed) => parsed(null));
        const serveFile = createServe(files.withTypeProvider<ZodTypeProvider>());
        serveMedia(serveFile, deps);
        serveOptOutImport(serveFile, deps);
        ready();
      });
      done();
    },
    { prefix: "/v1" },
  );
}

async function checkToken(
  request: FastifyRequest,
  deps: V1Deps,
  limit: FailureLimit,
): Promise<void> {
  const [, token = ""] =
    /^Bearer ([\x21-\x7e]+)$/iu.exec(request.headers.authorization ?? "") ?? [];
  const tokenHash = hash("sha256", token);
  const key = `${request.ip} ${tokenHash}`;
  const retryAfterS = limit.waitS(key);
  if (retryAfterS > 0) {
    throw new AppError("too_many_requests", {
      message: "This wrong token came too often from this address.",
      retryAfterS,
    });
  }
  const caller = token === "" ? null : await authenticate(deps, token);
  if (!caller) {
    limit.note(key);
    throw new AppError("unauthenticated", "Send an api token: Authorization: Bearer rcd_api_…");
  }
  if (caller.kind !== "account") {
    throw new AppError("forbidden", "An administrator's token has no account: use an api token.");
  }
  setCaller(request, { ...caller, tokenHash });
}
