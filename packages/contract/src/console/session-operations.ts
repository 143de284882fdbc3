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
} as const satisfies Record<string, ConsoleOperation>;
