import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { callConsole } from "../../api/call.ts";
import type { AnswerOf, CallOf } from "../../api/operation.ts";

type Calls = typeof CONSOLE_OPERATIONS;

/** A person of the account. */
export type Person = AnswerOf<Calls["getPerson"]>;
/** What may be changed of a person. */
export type PersonChange = CallOf<Calls["changePerson"]>["body"];
/** What is asked of somebody new. */
export type Invitation = CallOf<Calls["invitePerson"]>["body"];
/** A link that is shown once. */
export type MadeLink = AnswerOf<Calls["makePersonLink"]>;

/** Under it all lists of people are kept. */
export const peopleKey = ["people"] as const;

/** A page of the account's people. */
export const listPeople = (cursor: string | undefined, signal: AbortSignal) =>
  callConsole<Calls["listPeople"]>({ method: "GET", path: "/people", query: { cursor }, signal });

/** Adds a person. */
export const invitePerson = (body: Invitation) =>
  callConsole<Calls["invitePerson"]>({ method: "POST", path: "/people", body });

/** Changes name, e-mail, role or access. */
export const changePerson = (id: string, body: PersonChange) =>
  callConsole<Calls["changePerson"]>({
    method: "PATCH",
    path: "/people/:id",
    params: { id },
    body,
  });

/** Makes a link by which the person chooses a password. */
export const makePersonLink = (id: string) =>
  callConsole<Calls["makePersonLink"]>({
    method: "POST",
    path: "/people/:id/link",
    params: { id },
  });

/** Lets the person sign in without a code. */
export const resetSecondFactor = (id: string) =>
  callConsole<Calls["resetPersonSecondFactor"]>({
    method: "POST",
    path: "/people/:id/second-factor/reset",
    params: { id },
  });

/** Where the person is signed in. */
export const listSessions = (id: string, signal: AbortSignal) =>
  callConsole<Calls["listPersonSessions"]>({
    method: "GET",
    path: "/people/:id/sessions",
    params: { id },
    signal,
  });

/** Signs the person out everywhere. */
export const endSessions = (id: string) =>
  callConsole<Calls["endPersonSessions"]>({
    method: "POST",
    path: "/people/:id/sessions/end",
    params: { id },
  });
