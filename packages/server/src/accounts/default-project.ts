import { AppError } from "../platform/app-error.ts";
import type { Database } from "../storage/connect.ts";
import type { Directory } from "./directory.ts";

/** The project that is meant when nobody says which: the oldest active, else the oldest. Refuses with `no_project`. */
export async function findDefaultProject(
  deps: { pool: Database; directory: Directory },
  accountId: string,
): Promise<string> {
  const snapshot = (await deps.directory.snapshots(deps.pool, [accountId])).get(accountId);
  if (!snapshot?.defaultProjectId) {
    throw new AppError("no_project", "The account has no project yet; ask your operator for one.");
  }
  return snapshot.defaultProjectId;
}
