import { ApiProblem } from "../api/api-problem.ts";
import { operates, type Permission, type Session } from "./session.ts";

/** A route's `beforeLoad`: shows "you may not" instead of the page to whoever lacks one of the permissions. */
export function needs(
  ...permissions: Permission[]
): (at: { context: { session: Session } }) => void {
  return ({ context }) => {
    const known = context.session.person.permissions;
    const lacking = permissions.filter((each) => !known.includes(each));
    if (lacking.length > 0) throw new ApiProblem("forbidden", { detail: lacking.join(", ") });
  };
}

/** The same for operators' and resellers' pages. */
export function needsOperator({ context }: { context: { session: Session } }): void {
  if (!operates(context.session)) throw new ApiProblem("forbidden");
}
