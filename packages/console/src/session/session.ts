import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import type { Permission as AnyPermission } from "@recado/contract/console/permission";
import type { AnswerOf } from "../api/operation.ts";

/** What a person may do; which role may what is the server's to say. */
export type Permission = AnyPermission;

/** How things stand between this browser and the server: nobody, half a person, or somebody. */
export type SessionState = AnswerOf<typeof CONSOLE_OPERATIONS.getSession>;

/** Who is signed in in this browser. */
export type Session = Extract<SessionState, { state: "signed_in" }>;

/** Whether `/admin` is open to this person: an operator, or a reseller's administrator. */
export function operates(session: Session): boolean {
  return session.person.operator || session.person.reseller;
}
