import { idParams } from "../v1/fields.ts";
import type { ConsoleOperation } from "./operation.ts";
import * as people from "./people.ts";
import * as session from "./session.ts";

/** What everybody may do with what is their own. */
export const OWN_OPERATIONS = {
  changeMyName: {
    id: "changeMyName",
    method: "PATCH",
    path: "/me",
    summary: "Changes the own name.",
    permission: "session",
    body: people.myName,
    answer: { status: 200, schema: session.session },
  },
  setMyPreferences: {
    id: "setMyPreferences",
    method: "PATCH",
    path: "/me/preferences",
    summary: "Language and colours, kept with the person.",
    permission: "session",
    isDailyWork: true,
    body: people.myPreferences,
    answer: { status: 200, schema: session.session },
  },
  changeMyPassword: {
    id: "changeMyPassword",
    method: "POST",
    path: "/me/password",
    summary: "Changes the own password; ends the other sessions.",
    permission: "session",
    body: people.passwordChange,
    answer: { status: 204 },
  },
  beginSecondFactor: {
    id: "beginSecondFactor",
    method: "POST",
    path: "/me/second-factor",
    summary: "A secret for an app that shows codes; not asked for until a code of it was shown.",
    permission: "session",
    body: people.passwordProof,
    answer: { status: 201, schema: people.newSecondFactor },
  },
  confirmSecondFactor: {
    id: "confirmSecondFactor",
    method: "POST",
    path: "/me/second-factor/confirm",
    summary:
      "From now on signing in needs a code; gives recovery codes, and ends the other sessions.",
    permission: "session",
    body: people.codeProof,
    answer: { status: 200, schema: people.recoveryCodes },
  },
  endSecondFactor: {
    id: "endSecondFactor",
    method: "POST",
    path: "/me/second-factor/end",
    summary: "Signing in needs no code any more.",
    permission: "session",
    body: people.bothProofs,
    answer: { status: 204 },
  },
  makeRecoveryCodes: {
    id: "makeRecoveryCodes",
    method: "POST",
    path: "/me/recovery-codes",
    summary: "Ten new recovery codes; the ones before are worth nothing.",
    permission: "session",
    body: people.bothProofs,
    answer: { status: 200, schema: people.recoveryCodes },
  },
  listMySessions: {
    id: "listMySessions",
    method: "GET",
    path: "/me/sessions",
    summary: "Where I am signed in.",
    permission: "session",
    answer: { status: 200, schema: people.openSessions },
  },
  endMySession: {
    id: "endMySession",
    method: "POST",
    path: "/me/sessions/:id/end",
    summary: "Signs one of my browsers out.",
    permission: "session",
    params: idParams,
    answer: { status: 204 },
  },
  endMyOtherSessions: {
    id: "endMyOtherSessions",
    method: "POST",
    path: "/me/sessions/end-others",
    summary: "Signs all of my browsers out but this one.",
    permission: "session",
    answer: { status: 200, schema: people.endedSessions },
  },
} as const satisfies Record<string, ConsoleOperation>;
