import { accessProject } from "../../accounts/access.ts";
import { findDefaultProject } from "../../accounts/default-project.ts";
import type { V1Caller, V1Deps } from "./v1-deps.ts";

/** The project that a call is about: the one asked for, if the caller may see it, else the token's, else the first. */
export async function pickProject(
  deps: Pick<V1Deps, "pool" | "directory">,
  caller: V1Caller,
  wanted: string | undefined,
) {
  const id = wanted ?? caller.projectId ?? (await findDefaultProject(deps, caller.accountId));
  return accessProject(deps.pool, caller, id);
}
