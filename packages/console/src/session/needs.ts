import { ApiProblem } from "../api/api-problem.ts";
import type { Permission, Session } from "./session.ts";

/** A route's `beforeLoad`: shows "you may not" instead of the page to whoever lacks one of the permissions. */
export function needs(
  ...permissions: Permission[]
): (at: { context: { session: Session } }) => void {
  return ({ context }) => {
    const lacking = permissions.filter((each) => !context.session.permissions.includes(each));
    if (lacking.length > 0) throw new ApiProblem("forbidden", { detail: lacking.join(", ") });
  };
}

/** The same for operators' pages. */
export function needsOperator({ context }: { context: { session: Session } }): void {
  if (!context.session.operates) throw new ApiProblem("forbidden");
}
