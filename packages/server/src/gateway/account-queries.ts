import type { Directory } from "../accounts/directory.ts";
import type { AccountSnapshot, TemplateView } from "../domain/account-snapshot.ts";
import type { Clock } from "../platform/clock.ts";
import { type Database, withTransaction } from "../storage/connect.ts";
import { findBalance } from "../storage/transfers.ts";
import { findCaller } from "./resolve-send.ts";

/** What asking about an account needs. */
export interface QueryDeps {
  pool: Database;
  directory: Directory;
  clock: Clock;
}

/** Who asks, by the `ws` API's means. */
export interface WsCaller {
  login: string;
  /** SHA-256 of the token, hex. */
  tokenHash: string;
}

/** The answer, or the manual's refusal. */
export type WsAnswer<T> = { code: 1; value: T } | { code: 2 | 3 };

/** The wallet's balance in 1/10,000 units, and its currency. */
export function readBalance(
  deps: QueryDeps,
  caller: WsCaller,
): Promise<WsAnswer<{ balance: bigint; currency: string }>> {
  return answer(deps, caller, async (snapshot) => ({
    balance: await findBalance(deps.pool, snapshot.accountId),
    currency: snapshot.currency,
  }));
}

/**
 * Whether the caller is one, before its request has come whole. Whoever is remembered as one costs no question; the
 * acceptance asks again.
 */
export async function isKnownCaller(deps: QueryDeps, caller: WsCaller): Promise<boolean> {
  const owners = await deps.directory.accountsByToken(deps.pool, [caller.tokenHash]);
  const accountId = owners.get(caller.tokenHash);
  if (accountId === undefined) return false;
  const isCaller = (snapshot: AccountSnapshot | undefined) =>
    snapshot !== undefined && findCaller(caller, snapshot, deps.clock.now()) !== null;
  if (isCaller(deps.directory.remembered([accountId]).get(accountId))) return true;
  return isCaller((await deps.directory.snapshots(deps.pool, [accountId])).get(accountId));
}

/** The templates that the caller may use or is waiting for, by number. */
export function readTemplates(
  deps: QueryDeps,
  caller: WsCaller,
): Promise<WsAnswer<readonly TemplateView[]>> {
  return answer(deps, caller, async (snapshot, projectId) =>
    [...snapshot.templatesByNumber.values()].filter(
      // The manual knows no drafts.
      ({ status, ...template }) =>
        status !== "draft" && (projectId === null || template.projectId === projectId),
    ),
  );
}

async function answer<T>(
  deps: QueryDeps,
  caller: WsCaller,
  read: (snapshot: AccountSnapshot, projectId: string | null) => Promise<T>,
): Promise<WsAnswer<T>> {
  const found = await withTransaction(deps.pool, async (sql) => {
    const owners = await deps.directory.accountsByToken(sql, [caller.tokenHash]);
    const accountId = owners.get(caller.tokenHash);
    if (accountId === undefined) return null;
    return (await deps.directory.snapshots(sql, [accountId])).get(accountId) ?? null;
  });
  const token = found && findCaller(caller, found, deps.clock.now());
  if (!found || !token) return { code: 2 };
  const projects = [...found.projects.keys()];
  const hasProject = token.projectId ? projects.includes(token.projectId) : projects.length > 0;
  if (!hasProject) return { code: 3 };
  return { code: 1, value: await read(found, token.projectId) };
}
