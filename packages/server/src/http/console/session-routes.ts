import { CONSOLE_OPERATIONS as calls } from "@recado/contract/console/operations";
import { ROLE_PERMISSIONS } from "@recado/contract/console/permission";
import type { session as sessionSchema } from "@recado/contract/console/session";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { isReseller } from "../../accounts/resellers.ts";
import { findSession, type Session, type Visit } from "../../accounts/sessions.ts";
import { signIn } from "../../accounts/sign-in.ts";
import { setSessionCookie } from "../session-cookie.ts";
import { type ConsoleDeps, sessionOf } from "./console-deps.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** People come and go. */
export function serveSessions(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.getSession, async ({ request }) => formatSession(deps, sessionOf(request)));
  serve(calls.signIn, async ({ request, reply, body }) => {
    const { cookie } = await signIn(deps, body, visitOf(request));
    setSessionCookie(reply, cookie, {
      lifeMs: deps.sessions.lifeMs,
      publicUrl: deps.publicUrl(),
    });
    return formatSession(deps, await findSession(deps, cookie));
  });
}

function visitOf(request: FastifyRequest): Visit {
  return { address: request.ip, agent: request.headers["user-agent"] ?? "" };
}

async function formatSession(
  deps: ConsoleDeps,
  session: Session | null,
): Promise<z.input<typeof sessionSchema>> {
  if (session === null) return { state: "signed_out" };
  if (session.state === "second-factor") return { state: "second_factor" };
  const { userId, login, name, email, role, operator, hasSecondFactor, locale, theme } = session;
  return {
    state: "signed_in",
    session_id: session.id,
    expires_at: session.expiresAt.toISOString(),
    person: {
      ...{ id: userId, login, name, email, role, operator, locale, theme },
      permissions: [...ROLE_PERMISSIONS[role]],
      has_second_factor: hasSecondFactor,
      reseller: await isReseller(deps.pool, session),
    },
    account: {
      id: session.accountId,
      name: session.accountName,
      currency: session.currency,
      time_zone: session.timeZone,
    },
    sends_mail: deps.sendsMail,
  };
}
