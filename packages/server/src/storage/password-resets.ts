import type { Queryable } from "./connect.ts";

/** Somebody says that a password is forgotten. */
export interface ResetRow {
  /** UUIDv7. */
  id: string;
  /** What was typed, sealed. */
  login: Buffer;
  address: string;
  createdAt: Date;
}

/** One that a process has taken to answer. */
export interface TakenReset extends ResetRow {
  /** Users who have their mail already. */
  answered: string[];
  /** Which attempt it is, from 1. */
  attempts: number;
}

/** Who is to get a mail. */
export interface ResetPerson {
  accountId: string;
  id: string;
  login: string;
  email: string;
  accountName: string;
}

/** Stores one, due at once. */
export async function insertReset(sql: Queryable, reset: ResetRow): Promise<void> {
  await sql.query(
    `insert into password_resets (id, login, address, created_at, due_at)
     values ($1, $2, $3, $4, $4)`,
    [reset.id, reset.login, reset.address, reset.createdAt],
  );
}

/** Takes due ones until `leaseUntil`, and those of a process that died with them; the attempt is written down before it is made. */
export async function takeResets(
  sql: Queryable,
  of: { now: Date; leaseUntil: Date; countMax: number },
): Promise<TakenReset[]> {
  const { rows } = await sql.query<TakenReset>({
    name: "take-resets",
    text: `update password_resets set due_at = $2, attempts = attempts + 1
           where id in (
             select id from password_resets where due_at <= $1
             order by due_at limit $3 for update skip locked
           )
           returning id, login, address, answered, attempts, created_at as "createdAt"`,
    values: [of.now, of.leaseUntil, of.countMax],
  });
  return rows;
}

/** Notes that a person has the mail. */
export async function noteAnswered(sql: Queryable, id: string, userId: string): Promise<void> {
  await sql.query("update password_resets set answered = answered || $2::uuid where id = $1", [
    id,
    userId,
  ]);
}

/** Is tried again at a moment. */
export async function postponeReset(sql: Queryable, id: string, dueAt: Date): Promise<void> {
  await sql.query("update password_resets set due_at = $2 where id = $1", [id, dueAt]);
}

/** Forgets one. */
export async function deleteReset(sql: Queryable, id: string): Promise<void> {
  await sql.query("delete from password_resets where id = $1", [id]);
}

/** Forgets those that nobody answered; answers how many. */
export async function deleteOldResets(sql: Queryable, before: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from password_resets where created_at < $1", [
    before,
  ]);
  return rowCount ?? 0;
}

/**
 * Active people of active accounts with an e-mail address, who may be meant by what was given as a login: the one with this
 * login, then those with this address, the oldest first. At most five.
 */
export async function findResetPeople(sql: Queryable, login: string): Promise<ResetPerson[]> {
  const { rows } = await sql.query<ResetPerson>(
    `select u.account_id as "accountId", u.id, u.login, u.email, a.name as "accountName"
     from (
       select account_id, user_id as id, 0 as place from logins where login = $1
       union
       select account_id, id, 1 from users where lower(email) = $1
     ) c
     join users u on u.account_id = c.account_id and u.id = c.id
     join accounts a on a.account_id = u.account_id and a.state = 'active'
     where u.state = 'active' and u.email is not null
     group by u.account_id, u.id, u.login, u.email, a.name
     order by min(c.place), u.id limit 5`,
    [login.toLowerCase()],
  );
  return rows;
}
