import type { Queryable } from "./connect.ts";

/**
 * What is being guessed at: a login's password, from an address, the code or the password of a person who is in, or half in. And who
 * asks for a new password: for a login or a person, and from an address.
 */
export type TryKind = "login" | "address" | "code" | "password" | "reset" | "reset-address";

/** How tries are slowed. */
export interface TryPace {
  /** So many cost nothing; after them each waits twice as long as the one before. */
  freeTries: number;
  /** How long the first of these waits; default 1. */
  firstWaitS?: number;
  /** Longest wait. */
  waitMaxS: number;
  /** After so long without a try all is forgotten. */
  forgetAfterMs: number;
}

/** What is tried: `key` is a SHA-256. */
export interface TryKey {
  kind: TryKind;
  key: Buffer;
}

/**
 * Counts a try before it is made, and answers 0; or counts nothing and answers for how many milliseconds it has to wait. Many at once
 * are let in one by one, whatever process they come through.
 */
export async function takeTry(
  sql: Queryable,
  { kind, key }: TryKey,
  at: { pace: TryPace; now: Date },
): Promise<number> {
  const { pace, now } = at;
  const forgotten = new Date(now.getTime() - pace.forgetAfterMs);
  const { rowCount } = await sql.query(
    `insert into sign_in_tries as t (kind, key, tries, last_at, free_at) values ($1, $2, 1, $3, '-infinity')
     on conflict (kind, key) do update set
       tries = case when t.last_at < $4 then 1 else t.tries + 1 end,
       last_at = $3,
       free_at = case when t.last_at < $4 or t.tries + 1 < $5 then '-infinity'
         else $3 + least($6, $7 * power(2, least(t.tries + 1 - $5, 20))) * interval '1 second' end
     where t.free_at <= $3`,
    [kind, key, now, forgotten, pace.freeTries, pace.waitMaxS, pace.firstWaitS ?? 1],
  );
  if ((rowCount ?? 0) > 0) return 0;
  const { rows } = await sql.query<{ freeAt: Date | number }>(
    `select free_at as "freeAt" from sign_in_tries where kind = $1 and key = $2`,
    [kind, key],
  );
  return Math.max(1, Number(rows[0]?.freeAt ?? 0) - now.getTime());
}

/** The try was right: nothing of this key is held against it. */
export async function forgetTries(sql: Queryable, { kind, key }: TryKey): Promise<void> {
  await sql.query("delete from sign_in_tries where kind = $1 and key = $2", [kind, key]);
}

/** The try was right: it alone is not held against the key. */
export async function giveTryBack(sql: Queryable, { kind, key }: TryKey): Promise<void> {
  await sql.query(
    `update sign_in_tries set tries = tries - 1, free_at = '-infinity'
     where kind = $1 and key = $2 and tries > 0`,
    [kind, key],
  );
}

/** Forgets what was last tried before a moment; answers how many. */
export async function deleteOldTries(sql: Queryable, before: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from sign_in_tries where last_at < $1", [before]);
  return rowCount ?? 0;
}
