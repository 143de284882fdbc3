import { CONSOLE_OPERATIONS as calls } from "@recado/contract/console/operations";
import type { FastifyRequest } from "fastify";
import { changeOwnPassword, checkOwnPassword } from "../../accounts/own-password.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  renewRecoveryCodes,
} from "../../accounts/second-factor.ts";
import { browseSessions, endSession, endSessions, findSession } from "../../accounts/sessions.ts";
import { renameUser, setPreferences } from "../../accounts/users.ts";
import { readSessionCookie } from "../session-cookie.ts";
import { type ConsoleCaller, type ConsoleDeps, sessionOf } from "./console-deps.ts";
import { formatOpenSession, formatSession } from "./format-session.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** What everybody may do with what is their own. */
export function serveOwn(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.changeMyName, async ({ caller, body, request }) => {
    await renameUser(deps, keyOf(caller), body.name);
    return readAgain(deps, request);
  });
  serve(calls.setMyPreferences, async ({ caller, body, request }) => {
    await setPreferences(deps, keyOf(caller), body);
    return readAgain(deps, request);
  });
  serve(calls.changeMyPassword, async ({ caller, body }) => {
    const given = { current: body.current_password, next: body.new_password };
    await changeOwnPassword(deps, { ...keyOf(caller), sessionId: caller.sessionId }, given);
  });
  serve(calls.listMySessions, async ({ caller }) => {
    const rows = await browseSessions(deps, keyOf(caller));
    return { items: rows.map((row) => formatOpenSession(row, caller.sessionId)) };
  });
  serve(calls.endMySession, async ({ caller, params }) => {
    const { accountId, userId } = caller;
    await endSession(deps.pool, { accountId, userId, id: params.id });
  });
  serve(calls.endMyOtherSessions, async ({ caller }) => ({
    ended: await endSessions(deps.pool, keyOf(caller), caller.sessionId),
  }));
  serveSecondFactor(serve, deps);
}

function serveSecondFactor(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.beginSecondFactor, async ({ caller, body, request }) => {
    await checkOwnPassword(deps, keyOf(caller), body.current_password);
    const login = sessionOf(request)?.login ?? "";
    const { secret, uri } = await beginSecondFactor(deps, { ...caller, login });
    return { otp_secret: secret, otp_uri: uri };
  });
  serve(calls.confirmSecondFactor, async ({ caller, body }) => ({
    recovery_codes: await confirmSecondFactor(deps, caller, body.one_time_code),
  }));
  serve(calls.endSecondFactor, async ({ caller, body }) => {
    await checkOwnPassword(deps, keyOf(caller), body.current_password);
    await endSecondFactor(deps, caller, body.one_time_code);
  });
  serve(calls.makeRecoveryCodes, async ({ caller, body }) => {
    await checkOwnPassword(deps, keyOf(caller), body.current_password);
    return { recovery_codes: await renewRecoveryCodes(deps, caller, body.one_time_code) };
  });
}

async function readAgain(deps: ConsoleDeps, request: FastifyRequest) {
  return formatSession(deps, await findSession(deps, readSessionCookie(request)));
}

function keyOf({ accountId, userId }: ConsoleCaller): { accountId: string; id: string } {
  return { accountId, id: userId };
}
