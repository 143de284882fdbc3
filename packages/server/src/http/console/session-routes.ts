import { CONSOLE_OPERATIONS as calls } from "@recado/contract/console/operations";
import type { FastifyReply, FastifyRequest } from "fastify";
import { noteDoor } from "../../accounts/audit.ts";
import { askForReset } from "../../accounts/forgotten-passwords.ts";
import { lookAtLink, takeLink } from "../../accounts/one-time-links.ts";
import { findSession, type Visit } from "../../accounts/sessions.ts";
import { giveCode, signIn, signOut } from "../../accounts/sign-in.ts";
import { AppError } from "../../platform/app-error.ts";
import { setSessionCookie } from "../session-cookie.ts";
import { type ConsoleDeps, sessionOf } from "./console-deps.ts";
import { formatSession } from "./format-session.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** People come and go. */
export function serveSessions(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.getSession, async ({ request }) => formatSession(deps, sessionOf(request)));
  serve(calls.signIn, async ({ request, reply, body }) => {
    const outcome = await signIn(deps, body, visitOf(request));
    const { person } = outcome;
    if (person) {
      const sessionId = outcome.kind === "in" ? outcome.id : null;
      const status = outcome.kind === "in" ? 200 : 401;
      await note(deps, request, { ...person, userId: person.id, sessionId, status });
    }
    if (outcome.kind === "refused") {
      throw new AppError("sign_in_failed", "The login or the password is wrong.");
    }
    return enter(deps, reply, outcome.cookie);
  });
  serve(calls.giveCode, async ({ request, reply, body }) => {
    const session = sessionOf(request);
    if (session?.state !== "second-factor") {
      throw new AppError("unauthenticated", "Sign in with your password first.");
    }
    const { accountId, userId } = session;
    const visit = { ...visitOf(request), code: body.one_time_code };
    const given = await giveCode(deps, session, visit).catch((error: unknown) => error);
    if (given instanceof AppError && given.code === "sign_in_failed") {
      await note(deps, request, { accountId, userId, sessionId: null, status: 401 });
    }
    if (!isGiven(given)) throw given;
    await note(deps, request, { accountId, userId, sessionId: given.id, status: 200 });
    return enter(deps, reply, given.cookie);
  });
  serve(calls.signOut, async ({ request, reply }) => {
    const session = sessionOf(request);
    if (session) {
      await signOut(deps, session);
      const { accountId, userId, id: sessionId } = session;
      await note(deps, request, { accountId, userId, sessionId, status: 204 });
    }
    setSessionCookie(reply, null, cookieRules(deps));
  });
  serveLinks(serve, deps);
}

function serveLinks(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.askForPassword, async ({ request, body }) => {
    if (!deps.sendsMail) {
      throw new AppError(
        "conflict",
        "No e-mails leave this server: ask an administrator for a link.",
      );
    }
    await askForReset(deps, { login: body.login, address: request.ip });
  });
  serve(calls.lookAtLink, async ({ request, body }) => {
    const secret = readLink(body.one_time_link);
    const link = await lookAtLink(deps, { secret, address: request.ip });
    const { login, name, accountName, expiresAt } = link;
    const kind = link.kind === "invitation" ? link.kind : ("reset" as const);
    return { kind, login, name, account_name: accountName, expires_at: expiresAt.toISOString() };
  });
  serve(calls.takeLink, async ({ request, body }) => {
    const { password, one_time_link: text } = body;
    const given = { secret: readLink(text), password, address: request.ip };
    const { login, accountId, userId } = await takeLink(deps, given);
    await note(deps, request, { accountId, userId, sessionId: null, status: 200 });
    return { login };
  });
}

function isGiven(given: unknown): given is { cookie: string; id: string } {
  return typeof given === "object" && given !== null && "cookie" in given;
}

/** What stands behind `#`, where the whole address was pasted. */
function readLink(text: string): string {
  return text.slice(text.lastIndexOf("#") + 1);
}

async function enter(deps: ConsoleDeps, reply: FastifyReply, cookie: string) {
  setSessionCookie(reply, cookie, cookieRules(deps));
  return formatSession(deps, await findSession(deps, cookie));
}

function cookieRules(deps: ConsoleDeps): { lifeMs: number; publicUrl: string } {
  return { lifeMs: deps.sessions.lifeMs, publicUrl: deps.publicUrl() };
}

function visitOf(request: FastifyRequest): Visit {
  return { address: request.ip, agent: request.headers["user-agent"] ?? "" };
}

async function note(
  deps: ConsoleDeps,
  request: FastifyRequest,
  of: { accountId: string; userId: string; sessionId: string | null; status: number },
): Promise<void> {
  const { accountId, userId, sessionId, status } = of;
  const action = `POST ${request.routeOptions.url}`;
  await noteDoor(deps, { accountId, userId, sessionId, status, action, address: request.ip });
}
