import type { Queryable } from "./connect.ts";

/** Whose. */
export interface FactorKey {
  accountId: string;
  userId: string;
}

/** A person's second factor. */
export interface FactorRow extends FactorKey {
  /** Sealed for the place `second-factor:<userId>`. */
  secret: Buffer;
  /** Time step of the newest code that was used. */
  lastStep: bigint;
  /** Null: not asked for yet. */
  confirmedAt: Date | null;
}

/** Stores a factor that waits to be confirmed, in place of an earlier one that was not; false when one is in force. */
export async function insertFactor(
  sql: Queryable,
  factor: FactorKey & { secret: Buffer; at: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into second_factors as f (account_id, user_id, secret, last_step, created_at)
     values ($1, $2, $3, 0, $4)
     on conflict (account_id, user_id) do update set secret = $3, last_step = 0, created_at = $4
     where f.confirmed_at is null`,
    [factor.accountId, factor.userId, factor.secret, factor.at],
  );
  return (rowCount ?? 0) > 0;
}

/** The factor, confirmed or not, or null. */
export async function findFactor(sql: Queryable, key: FactorKey): Promise<FactorRow | null> {
  const { rows } = await sql.query<FactorRow>(
    `select account_id as "accountId", user_id as "userId", secret, last_step as "lastStep",
       confirmed_at as "confirmedAt"
     from second_factors where account_id = $1 and user_id = $2`,
    [key.accountId, key.userId],
  );
  return rows[0] ?? null;
}

/** Uses the code of a time step up. False when it, or a newer one, was used before: by whomever, at whatever moment. */
export async function useStep(
  sql: Queryable,
  factor: FactorKey & { secret: Buffer },
  step: bigint,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update second_factors set last_step = $4
     where account_id = $1 and user_id = $2 and secret = $3 and last_step < $4`,
    [factor.accountId, factor.userId, factor.secret, step],
  );
  return (rowCount ?? 0) > 0;
}

/** From now on it is asked for. */
export async function confirmFactor(sql: Queryable, key: FactorKey, at: Date): Promise<void> {
  await sql.query(
    `update second_factors set confirmed_at = $3
     where account_id = $1 and user_id = $2 and confirmed_at is null`,
    [key.accountId, key.userId, at],
  );
}

/** Takes the factor away, with its recovery codes. */
export async function deleteFactor(sql: Queryable, key: FactorKey): Promise<void> {
  const values = [key.accountId, key.userId];
  await sql.query("delete from second_factors where account_id = $1 and user_id = $2", values);
  await sql.query("delete from recovery_codes where account_id = $1 and user_id = $2", values);
}

/** Stores recovery codes by their SHA-256, in place of all before. */
export async function replaceRecoveryCodes(
  sql: Queryable,
  key: FactorKey,
  hashes: readonly Buffer[],
): Promise<void> {
  const values = [key.accountId, key.userId];
  await sql.query("delete from recovery_codes where account_id = $1 and user_id = $2", values);
  await sql.query(
    `insert into recovery_codes (account_id, user_id, hash)
     select $1, $2, hash from unnest($3::bytea[]) as c(hash)`,
    [...values, hashes],
  );
}

/** Uses a recovery code up; false when there is none such, or it was used. */
export async function useRecoveryCode(
  sql: Queryable,
  key: FactorKey & { hash: Buffer },
  at: Date,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update recovery_codes set used_at = $4
     where account_id = $1 and user_id = $2 and hash = $3 and used_at is null`,
    [key.accountId, key.userId, key.hash, at],
  );
  return (rowCount ?? 0) > 0;
}
