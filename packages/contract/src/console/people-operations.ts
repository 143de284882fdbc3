import { idParams, pageQuery } from "../v1/fields.ts";
import type { ConsoleOperation } from "./operation.ts";
import * as people from "./people.ts";

/** The people of the account. */
export const PEOPLE_OPERATIONS = {
  listPeople: {
    id: "listPeople",
    method: "GET",
    path: "/people",
    summary: "The people of the account, newest first.",
    permission: "people.write",
    query: pageQuery,
    answer: { status: 200, schema: people.peoplePage },
  },
  getPerson: {
    id: "getPerson",
    method: "GET",
    path: "/people/:id",
    summary: "One of them.",
    permission: "people.write",
    params: idParams,
    answer: { status: 200, schema: people.person },
  },
  invitePerson: {
    id: "invitePerson",
    method: "POST",
    path: "/people",
    summary:
      "Adds a person, who chooses a password by the link; it is mailed where e-mails can be sent.",
    permission: "people.write",
    body: people.invitation,
    answer: { status: 201, schema: people.invited },
  },
  changePerson: {
    id: "changePerson",
    method: "PATCH",
    path: "/people/:id",
    summary: "Name, e-mail, role; or lets them in no longer, which signs them out everywhere.",
    permission: "people.write",
    params: idParams,
    body: people.personChange,
    answer: { status: 200, schema: people.person },
  },
  makePersonLink: {
    id: "makePersonLink",
    method: "POST",
    path: "/people/:id/link",
    summary: "A new link by which they choose a password; earlier ones are worth nothing.",
    permission: "people.write",
    params: idParams,
    answer: { status: 201, schema: people.madeLink },
  },
  resetPersonSecondFactor: {
    id: "resetPersonSecondFactor",
    method: "POST",
    path: "/people/:id/second-factor/reset",
    summary: "For who has lost the app and the recovery codes: signing in needs no code any more.",
    permission: "people.write",
    params: idParams,
    answer: { status: 200, schema: people.person },
  },
  listPersonSessions: {
    id: "listPersonSessions",
    method: "GET",
    path: "/people/:id/sessions",
    summary: "Where they are signed in.",
    permission: "people.write",
    params: idParams,
    answer: { status: 200, schema: people.openSessions },
  },
  endPersonSessions: {
    id: "endPersonSessions",
    method: "POST",
    path: "/people/:id/sessions/end",
    summary: "Signs them out everywhere.",
    permission: "people.write",
    params: idParams,
    answer: { status: 200, schema: people.endedSessions },
  },
} as const satisfies Record<string, ConsoleOperation>;
