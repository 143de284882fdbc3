import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import type { Queryable } from "../storage/connect.ts";
import { findAccountVersions, findSnapshot, findTokenAccounts } from "../storage/snapshots.ts";

/**
 * Finds accounts by token and keeps what sends need of them in memory. Nothing stale is ever used: the
 * caller reads the account's version in its own transaction, and a snapshot of another version is read
 * anew there and then. A transaction that changes an account and then asks for it needs a directory of its own: if it is
 * undone, the next change is of the same version.
 */
export interface Directory {
  /** Account ids by token hash (hex). Unknown hashes are absent. */
  accountsByToken(sql: Queryable, hashes: readonly string[]): Promise<Map<string, string>>;
  /** The account that is remembered of a token (hash in hex); undefined: it has not been found yet, or is nobody's. */
  rememberedAccount(hash: string): string | undefined;
  /** Snapshots at exactly the given versions (as read in the caller's transaction). */
  snapshotsAt(
    sql: Queryable,
    versions: ReadonlyMap<string, bigint>,
  ): Promise<Map<string, AccountSnapshot>>;
  /** What is remembered, perhaps of older versions: to prepare a question whose answer is checked later. */
  remembered(accountIds: readonly string[]): Map<string, AccountSnapshot>;
  /** Snapshots as they stand now. */
  snapshots(sql: Queryable, accountIds: readonly string[]): Promise<Map<string, AccountSnapshot>>;
}

const TOKENS_MAX = 50_000;
const SNAPSHOTS_MAX = 2_000;

/** An empty {@link Directory}; it remembers the last 50,000 tokens and 2,000 accounts used. */
export function createDirectory(): Directory {
  const tokens = new Map<string, string>();
  const cached = new Map<string, AccountSnapshot>();

  const snapshotsAt: Directory["snapshotsAt"] = async (sql, versions) => {
    const found = new Map<string, AccountSnapshot>();
    for (const [accountId, version] of versions) {
      const known = cached.get(accountId);
      const snapshot = known?.version === version ? known : await findSnapshot(sql, accountId);
      if (!snapshot) continue;
      remember(cached, { key: accountId, value: snapshot, sizeMax: SNAPSHOTS_MAX });
      found.set(accountId, snapshot);
    }
    return found;
  };
  return {
    async accountsByToken(sql, hashes) {
      const unknown = [...new Set(hashes.filter((hash) => !tokens.has(hash)))];
      if (unknown.length > 0) {
        const buffers = unknown.map((hash) => Buffer.from(hash, "hex"));
        for (const [hash, accountId] of await findTokenAccounts(sql, buffers)) {
          remember(tokens, { key: hash, value: accountId, sizeMax: TOKENS_MAX });
        }
      }
      return new Map(
        hashes.flatMap((hash): [string, string][] => {
          const accountId = tokens.get(hash);
          return accountId === undefined ? [] : [[hash, accountId]];
        }),
      );
    },
    rememberedAccount: (hash) => tokens.get(hash),
    snapshotsAt,
    remembered: (accountIds) =>
      new Map(
        accountIds.flatMap((accountId): [string, AccountSnapshot][] => {
          const known = cached.get(accountId);
          return known ? [[accountId, known]] : [];
        }),
      ),
    snapshots: async (sql, accountIds) =>
      snapshotsAt(sql, await findAccountVersions(sql, [...new Set(accountIds)])),
  };
}

/** A Map keeps the order of insertion: the first key is the one used longest ago. */
function remember<Value>(
  cache: Map<string, Value>,
  entry: { key: string; value: Value; sizeMax: number },
): void {
  cache.delete(entry.key);
  cache.set(entry.key, entry.value);
  if (cache.size > entry.sizeMax) {
    const [oldest] = cache.keys();
    if (oldest !== undefined) cache.delete(oldest);
  }
}
