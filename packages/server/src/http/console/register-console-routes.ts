import type { ConsoleOperation } from "@recado/contract/console/operation";
import { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import { findSession } from "../../accounts/sessions.ts";
import { addAudit } from "../audit-hook.ts";
import { checkSameOrigin, readSessionCookie } from "../session-cookie.ts";
import { serveAccount } from "./account-routes.ts";
import { serveBusiness } from "./business-routes.ts";
import { type ConsoleDeps, callerOf, setSession } from "./console-deps.ts";
import { registerLive } from "./inbox-live-route.ts";
import { serveInbox } from "./inbox-routes.ts";
import { serveOwn } from "./own-routes.ts";
import { servePeople } from "./people-routes.ts";
import { createConsoleServe } from "./serve-console.ts";
import { serveSessions } from "./session-routes.ts";
import { serveWork } from "./work-routes.ts";

/**
 * Adds `/console/api`: what only the console has. Whoever calls is signed in by the session's cookie, and every change
 * must come from a page of this server. Nothing of it may stay in a cache.
 */
export function registerConsoleRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  app.addHook("preClose", () => deps.live.close());
  void app.register(
    (scope, _options, done) => {
      scope.setValidatorCompiler(validatorCompiler);
      scope.setSerializerCompiler(serializerCompiler);
      scope.addHook("onRequest", async (request, reply) => {
        reply.headers({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
        checkSameOrigin(request, deps.publicUrl());
        await readSession(request, deps);
      });
      addAudit(scope, {
        operator: deps,
        callerOf,
        isAudited: ({ method, routeOptions }) => audited.has(`${method} ${routeOptions.url}`),
      });
      const typed = scope.withTypeProvider<ZodTypeProvider>();
      const serve = createConsoleServe(typed);
      registerLive(typed, deps);
      serveSessions(serve, deps);
      serveOwn(serve, deps);
      servePeople(serve, deps);
      serveAccount(serve, deps);
      serveBusiness(serve, deps);
      serveInbox(serve, deps);
      serveWork(serve, deps);
      done();
    },
    { prefix: "/console/api" },
  );
}

/** Changes by whoever is signed in, unless they are daily work. Those who come and go are written down where they do. */
const audited = new Set(
  (Object.values(CONSOLE_OPERATIONS) as ConsoleOperation[])
    .filter(
      ({ method, permission, isDailyWork }) =>
        method !== "GET" && permission !== "none" && !isDailyWork,
    )
    .map(({ method, path }) => `${method} /console/api${path}`),
);

async function readSession(request: FastifyRequest, deps: ConsoleDeps): Promise<void> {
  const cookie = readSessionCookie(request);
  const session = cookie === "" ? null : await findSession(deps, cookie);
  if (session) setSession(request, session);
}
