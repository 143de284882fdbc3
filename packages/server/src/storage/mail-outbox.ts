import type { Queryable } from "./connect.ts";

/** An e-mail to one person. */
export interface OutgoingMail {
  accountId: string;
  /** UUIDv7; part of the Message-ID. */
  id: string;
  recipient: string;
  subject: string;
  body: string;
}

/** One that a process has taken to send. */
export interface TakenMail extends OutgoingMail {
  /** Which attempt it is, from 1. */
  attempts: number;
}

/** Stores mails, due at once, in the transaction that causes them. */
export async function insertMails(
  sql: Queryable,
  mails: readonly OutgoingMail[],
  at: Date,
): Promise<void> {
  if (mails.length === 0) return;
  await sql.query(
    `insert into mail_outbox (account_id, id, recipient, subject, body, due_at, created_at)
     select account_id, id, recipient, subject, body, $6, $6
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
       as m(account_id, id, recipient, subject, body)`,
    [
      mails.map((mail) => mail.accountId),
      mails.map((mail) => mail.id),
      mails.map((mail) => mail.recipient),
      mails.map((mail) => mail.subject),
      mails.map((mail) => mail.body),
      at,
    ],
  );
}

/**
 * Takes due mails, and those of a process that died with them (its lease is over), and writes the attempt down before it
 * is made.
 */
export async function takeMails(
  sql: Queryable,
  of: { owner: string; now: Date; leaseUntil: Date; countMax: number },
): Promise<TakenMail[]> {
  const { rows } = await sql.query<TakenMail>({
    name: "take-mails",
    text: `update mail_outbox set state = 'sending', owner = $1, due_at = $3, attempts = attempts + 1
           where (account_id, id) in (
             select account_id, id from mail_outbox
             where state in ('pending', 'sending') and due_at <= $2
             order by due_at limit $4 for update skip locked
           )
           returning account_id as "accountId", id, recipient, subject, body, attempts`,
    values: [of.owner, of.now, of.leaseUntil, of.countMax],
  });
  return rows;
}

/** How an attempt ended. `dueAt` is when it is tried again; null: never. */
export interface MailEnd {
  state: "pending" | "sent" | "failed";
  dueAt: Date | null;
  error: string | null;
  at: Date;
}

/** Writes down how an attempt ended; not if another process has taken the mail over meanwhile. */
export async function endMail(
  sql: Queryable,
  mail: Pick<OutgoingMail, "accountId" | "id"> & { owner: string },
  end: MailEnd,
): Promise<void> {
  await sql.query(
    `update mail_outbox set state = $4, due_at = $5, error = $6, owner = null,
       sent_at = case when $4 = 'sent' then $7::timestamptz end
     where account_id = $1 and id = $2 and (owner = $3 or $4 = 'sent')`,
    [mail.accountId, mail.id, mail.owner, end.state, end.dueAt, end.error, end.at],
  );
}

/** Forgets mails that ended before a moment; answers how many. */
export async function deleteOldMails(sql: Queryable, before: Date): Promise<number> {
  const { rowCount } = await sql.query(
    "delete from mail_outbox where created_at < $1 and state in ('sent', 'failed')",
    [before],
  );
  return rowCount ?? 0;
}
