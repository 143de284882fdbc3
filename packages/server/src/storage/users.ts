import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";

/** What a person may do inside the account. */
export type UserRole =
  | "owner"
  | "administrator"
  | "supervisor"
  | "agent"
  | "developer"
  | "read-only";

/** A person of an account. The password's hash never leaves storage but by {@link findPasswordHash}. */
export interface UserRow {
  accountId: string;
  id: string;
  /** As it was given; it is unique on the platform whatever its case. */
  login: string;
  name: string;
  email: string | null;
  role: UserRole;
  state: "active" | "disabled";
  hasPassword: boolean;
  /** Administers the whole platform in the console. */
  operator: boolean;
  hasSecondFactor: boolean;
  signedInAt: Date | null;
  createdAt: Date;
}

/** A user to store. */
export type NewUserRow = Omit<
  UserRow,
  "hasPassword" | "operator" | "hasSecondFactor" | "signedInAt"
> & { passwordHash: string | null };

/** What may change in a user; what is undefined stays. */
export interface UserChanges {
  name?: string | undefined;
  role?: UserRole | undefined;
  state?: UserRow["state"] | undefined;
  passwordHash?: string | undefined;
  email?: string | null | undefined;
  operator?: boolean | undefined;
}

const COLUMNS = `account_id as "accountId", id, login, name, email, role, state,
  password_hash is not null as "hasPassword", operator, signed_in_at as "signedInAt",
  exists (select 1 from second_factors f where f.account_id = users.account_id and f.user_id = users.id
    and f.confirmed_at is not null) as "hasSecondFactor", created_at as "createdAt"`;

/**
 * Stores a user and reserves the login. The directory `logins` holds it in lower case, which makes it
 * unique whatever the case; violates `logins_pkey` when it is taken.
 */
export async function insertUser(sql: Queryable, user: NewUserRow): Promise<void> {
  await sql.query("insert into logins (login, account_id, user_id) values ($1, $2, $3)", [
    user.login.toLowerCase(),
    user.accountId,
    user.id,
  ]);
  await sql.query(
    `insert into users
       (account_id, id, login, name, email, role, password_hash, state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      user.accountId,
      user.id,
      user.login,
      user.name,
      user.email,
      user.role,
      user.passwordHash,
      user.state,
      user.createdAt,
    ],
  );
}

/** The user, or null; `accountId` null looks in every account. */
export async function findUser(
  sql: Queryable,
  key: { accountId: string | null; id: string },
): Promise<UserRow | null> {
  const { rows } = await sql.query<UserRow>(
    `select ${COLUMNS} from users where id = $2 and ($1::uuid is null or account_id = $1)`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** The user with this login, whatever its case, or null. */
export async function findUserByLogin(sql: Queryable, login: string): Promise<UserRow | null> {
  const { rows } = await sql.query<UserRow>(
    `select ${COLUMNS} from users where (account_id, id) =
       (select account_id, user_id from logins where login = $1)`,
    [login.toLowerCase()],
  );
  return rows[0] ?? null;
}

/** The Argon2id hash of a person's password; null without one. */
export async function findPasswordHash(
  sql: Queryable,
  user: { accountId: string; id: string },
): Promise<string | null> {
  const { rows } = await sql.query<{ hash: string | null }>(
    "select password_hash as hash from users where account_id = $1 and id = $2",
    [user.accountId, user.id],
  );
  return rows[0]?.hash ?? null;
}

/** Users of an account, newest first. */
export async function listUsers(
  sql: Queryable,
  accountId: string,
  slice: Slice,
): Promise<UserRow[]> {
  const { rows } = await sql.query<UserRow>(
    `select ${COLUMNS} from users where account_id = $1 and ($2::uuid is null or id < $2)
     order by id desc limit $3`,
    [accountId, slice.before, slice.limit],
  );
  return rows;
}

/** Changes a user. */
export async function updateUser(
  sql: Queryable,
  key: { accountId: string; id: string },
  changes: UserChanges,
): Promise<void> {
  await sql.query(
    `update users set name = coalesce($3, name), role = coalesce($4, role),
       state = coalesce($5, state), password_hash = coalesce($6, password_hash),
       operator = coalesce($7, operator), email = case when $8 then $9 else email end
     where account_id = $1 and id = $2`,
    [
      key.accountId,
      key.id,
      changes.name ?? null,
      changes.role ?? null,
      changes.state ?? null,
      changes.passwordHash ?? null,
      changes.operator ?? null,
      changes.email !== undefined,
      changes.email ?? null,
    ],
  );
}

/** Changes a person's preferences; what is undefined stays. */
export async function updatePreferences(
  sql: Queryable,
  key: { accountId: string; id: string },
  wish: { locale?: string | null | undefined; theme?: string | null | undefined },
): Promise<void> {
  await sql.query(
    `update users set locale = case when $3 then $4 else locale end,
       theme = case when $5 then $6 else theme end
     where account_id = $1 and id = $2`,
    [
      key.accountId,
      key.id,
      wish.locale !== undefined,
      wish.locale ?? null,
      wish.theme !== undefined,
      wish.theme ?? null,
    ],
  );
}

/** Locks every active owner of an account, so that who is the last stays true until the transaction ends; answers their ids. */
export async function lockOwners(sql: Queryable, accountId: string): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from users where account_id = $1 and role = 'owner' and state = 'active'
     order by id for update`,
    [accountId],
  );
  return rows.map(({ id }) => id);
}

/** Who may be meant by what was given as a login. */
export interface SignInCandidate {
  accountId: string;
  id: string;
  passwordHash: string;
  hasSecondFactor: boolean;
}

/**
 * Active people of active accounts who have a password: the one with this login, then those with this e-mail address, the oldest
 * first, so that nobody can push another one out by taking the same address. At most five.
 */
export async function findSignInCandidates(
  sql: Queryable,
  login: string,
): Promise<SignInCandidate[]> {
  const { rows } = await sql.query<SignInCandidate>(
    `select u.account_id as "accountId", u.id, u.password_hash as "passwordHash",
       f.confirmed_at is not null as "hasSecondFactor"
     from (
       select account_id, user_id as id, 0 as place from logins where login = $1
       union
       select account_id, id, 1 from users where lower(email) = $1
     ) c
     join users u on u.account_id = c.account_id and u.id = c.id
     join accounts a on a.account_id = u.account_id and a.state = 'active'
     left join second_factors f on f.account_id = u.account_id and f.user_id = u.id
     where u.state = 'active' and u.password_hash is not null
     order by c.place, u.id limit 5`,
    [login.toLowerCase()],
  );
  return rows;
}

/**
 * Locks an active person whose password and second factor are still what was verified, until the transaction ends: then no change of it can pass
 * by the session that is about to be opened. False when it is not.
 */
export async function lockVerified(sql: Queryable, user: SignInCandidate): Promise<boolean> {
  const { rows } = await sql.query(
    `select 1 from users where account_id = $1 and id = $2 and state = 'active' and password_hash = $3
     for update`,
    [user.accountId, user.id, user.passwordHash],
  );
  if (rows.length === 0) return false;
  // Asked once the lock is held: whoever confirms a factor holds it too.
  const { rows: factors } = await sql.query(
    `select 1 from second_factors where account_id = $1 and user_id = $2 and confirmed_at is not null`,
    [user.accountId, user.id],
  );
  return factors.length > 0 === user.hasSecondFactor;
}

/** Locks a person until the transaction ends, so that nobody signs in meanwhile. */
export async function lockUser(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<void> {
  await sql.query("select 1 from users where account_id = $1 and id = $2 for update", [
    key.accountId,
    key.id,
  ]);
}

/** Notes that a person has signed in. */
export async function noteSignIn(
  sql: Queryable,
  user: { accountId: string; id: string },
  at: Date,
): Promise<void> {
  await sql.query("update users set signed_in_at = $3 where account_id = $1 and id = $2", [
    user.accountId,
    user.id,
    at,
  ]);
}
