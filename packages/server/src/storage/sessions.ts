import type { Queryable } from "./connect.ts";
import type { UserRole } from "./users.ts";

/** A person's browser that is signed in, or on the way to be. The cookie is not kept, only its SHA-256. */
export interface SessionRow {
  id: string;
  accountId: string;
  userId: string;
  /** `second-factor`: the password was right, and a code is awaited. */
  state: "second-factor" | "open";
  createdAt: Date;
  seenAt: Date;
  expiresAt: Date;
  /** Where it was opened from. */
  address: string;
  /** The browser, as it names itself. */
  agent: string;
}

/** A session with its person and account, both of them active. */
export interface SessionView extends SessionRow {
  login: string;
  name: string;
  email: string | null;
  role: UserRole;
  operator: boolean;
  locale: "es" | "en" | null;
  theme: "light" | "dark" | "auto" | null;
  hasSecondFactor: boolean;
  accountName: string;
  currency: string;
  timeZone: string;
}

const COLUMNS = `s.id, s.account_id as "accountId", s.user_id as "userId", s.state,
  s.created_at as "createdAt", s.seen_at as "seenAt", s.expires_at as "expiresAt", s.address, s.agent`;

/** Stores a session by the SHA-256 of its cookie. */
export async function insertSession(
  sql: Queryable,
  session: SessionRow & { hash: Buffer },
): Promise<void> {
  await sql.query(
    `insert into sessions (hash, account_id, user_id, id, state, created_at, seen_at, expires_at, address, agent)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      session.hash,
      session.accountId,
      session.userId,
      session.id,
      session.state,
      session.createdAt,
      session.seenAt,
      session.expiresAt,
      session.address,
      session.agent,
    ],
  );
}

/** The session with this SHA-256, unless it is over, or its person or account is disabled. */
export async function findLiveSession(
  sql: Queryable,
  hash: Buffer,
  now: Date,
): Promise<SessionView | null> {
  const { rows } = await sql.query<SessionView>({
    name: "find-live-session",
    text: `select ${COLUMNS}, u.login, u.name, u.email, u.role, u.operator, u.locale, u.theme,
             f.confirmed_at is not null as "hasSecondFactor",
             a.name as "accountName", a.currency, a.time_zone as "timeZone"
           from sessions s
           join users u on u.account_id = s.account_id and u.id = s.user_id and u.state = 'active'
           join accounts a on a.account_id = s.account_id and a.state = 'active'
           left join second_factors f on f.account_id = s.account_id and f.user_id = s.user_id
           where s.hash = $1 and s.expires_at > $2`,
    values: [hash, now],
  });
  return rows[0] ?? null;
}

/** Notes that a session was used, and until when it lives now. */
export async function touchSession(
  sql: Queryable,
  hash: Buffer,
  at: { seenAt: Date; expiresAt: Date },
): Promise<void> {
  await sql.query("update sessions set seen_at = $2, expires_at = $3 where hash = $1", [
    hash,
    at.seenAt,
    at.expiresAt,
  ]);
}

/** The open sessions of a person, newest first. */
export async function listSessions(
  sql: Queryable,
  user: { accountId: string; id: string },
  now: Date,
): Promise<SessionRow[]> {
  const { rows } = await sql.query<SessionRow>(
    `select ${COLUMNS} from sessions s
     where account_id = $1 and user_id = $2 and state = 'open' and expires_at > $3
     order by id desc limit 500`,
    [user.accountId, user.id, now],
  );
  return rows;
}

/** Ends one session; answers whether there was one. */
export async function deleteSession(
  sql: Queryable,
  key: { accountId: string; userId: string; id: string },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    "delete from sessions where account_id = $1 and user_id = $2 and id = $3",
    [key.accountId, key.userId, key.id],
  );
  return (rowCount ?? 0) > 0;
}

/** Ends every session of a person but one (null: every one); answers how many. */
export async function deleteSessions(
  sql: Queryable,
  user: { accountId: string; id: string },
  exceptId: string | null,
): Promise<number> {
  const { rowCount } = await sql.query(
    `delete from sessions where account_id = $1 and user_id = $2
       and ($3::uuid is null or id <> $3)`,
    [user.accountId, user.id, exceptId],
  );
  return rowCount ?? 0;
}

/** Forgets sessions that are over; answers how many. */
export async function deleteOldSessions(sql: Queryable, before: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from sessions where expires_at < $1", [before]);
  return rowCount ?? 0;
}
