import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { callConsole } from "../../api/call.ts";
import type { CallOf } from "../../api/operation.ts";

type Calls = typeof CONSOLE_OPERATIONS;
type BodyOf<Id extends keyof Calls> = CallOf<Calls[Id]> extends { body: infer Body } ? Body : never;

/** Under it the own sessions are kept. */
export const sessionsKey = ["my-sessions"] as const;

/** Changes how one is called. */
export const changeName = (body: BodyOf<"changeMyName">) =>
  callConsole<Calls["changeMyName"]>({ method: "PATCH", path: "/me", body });

/** Changes the password. */
export const changePassword = (body: BodyOf<"changeMyPassword">) =>
  callConsole<Calls["changeMyPassword"]>({ method: "POST", path: "/me/password", body });

/** Begins the second step: the app's secret. */
export const beginSecondFactor = (body: BodyOf<"beginSecondFactor">) =>
  callConsole<Calls["beginSecondFactor"]>({ method: "POST", path: "/me/second-factor", body });

/** Proves that the app has the secret; from then on a code is needed. */
export const confirmSecondFactor = (body: BodyOf<"confirmSecondFactor">) =>
  callConsole<Calls["confirmSecondFactor"]>({
    method: "POST",
    path: "/me/second-factor/confirm",
    body,
  });

/** Ends the second step. */
export const endSecondFactor = (body: BodyOf<"endSecondFactor">) =>
  callConsole<Calls["endSecondFactor"]>({ method: "POST", path: "/me/second-factor/end", body });

/** Makes new recovery codes. */
export const makeRecoveryCodes = (body: BodyOf<"makeRecoveryCodes">) =>
  callConsole<Calls["makeRecoveryCodes"]>({ method: "POST", path: "/me/recovery-codes", body });

/** Where one is signed in. */
export const listMySessions = (signal: AbortSignal) =>
  callConsole<Calls["listMySessions"]>({ method: "GET", path: "/me/sessions", signal });

/** Ends one of the own sessions. */
export const endMySession = (id: string) =>
  callConsole<Calls["endMySession"]>({
    method: "POST",
    path: "/me/sessions/:id/end",
    params: { id },
  });

/** Ends all but this one. */
export const endMyOtherSessions = () =>
  callConsole<Calls["endMyOtherSessions"]>({ method: "POST", path: "/me/sessions/end-others" });
