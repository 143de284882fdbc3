import type { ConsoleOperation } from "./operation.ts";
import * as session from "./session.ts";

/** Calls by which people come and go. */
export const SESSION_OPERATIONS = {
  getSession: {
    id: "getSession",
    method: "GET",
    path: "/session",
    summary: "Who is signed in with this cookie, and what they may do.",
    permission: "none",
    answer: { status: 200, schema: session.session },
  },
  signIn: {
    id: "signIn",
    method: "POST",
    path: "/sign-in",
    summary: "Signs in by login or e-mail and password; a code may be needed after it.",
    permission: "none",
    body: session.signInBody,
    answer: { status: 200, schema: session.session },
  },
  giveCode: {
    id: "giveCode",
    method: "POST",
    path: "/sign-in/code",
    summary: "The second step of signing in: a code of the app, or a recovery code.",
    permission: "none",
    body: session.codeBody,
    answer: { status: 200, schema: session.session },
  },
  signOut: {
    id: "signOut",
    method: "POST",
    path: "/sign-out",
    summary: "Ends this session, or gives up its second step.",
    permission: "none",
    answer: { status: 204 },
  },
  askForPassword: {
    id: "askForPassword",
    method: "POST",
    path: "/password-resets",
    summary:
      "Mails whoever forgot a password a link for a new one, for half an hour, if an address is known.",
    permission: "none",
    body: session.resetRequest,
    answer: { status: 202 },
  },
  lookAtLink: {
    id: "lookAtLink",
    method: "POST",
    path: "/links/look",
    summary: "What an invitation or a link for a new password is for.",
    permission: "none",
    body: session.linkBody,
    answer: { status: 200, schema: session.link },
  },
  takeLink: {
    id: "takeLink",
    method: "POST",
    path: "/links/take",
    summary: "Chooses the password by such a link, once; ends the person's sessions.",
    permission: "none",
    body: session.linkPasswordBody,
    answer: { status: 200, schema: session.takenLink },
  },
} as const satisfies Record<string, ConsoleOperation>;
