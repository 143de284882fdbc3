import { createHash, randomBytes } from "node:crypto";
import { AppError } from "../platform/app-error.ts";
import { touchAccount } from "../storage/accounts.ts";
import { withTransaction } from "../storage/connect.ts";
import {
  deleteLinks,
  findLiveLink,
  type LinkView,
  replaceLink,
  useLink,
} from "../storage/one-time-links.ts";
import { deleteSessions } from "../storage/sessions.ts";
import { type UserRow, updateUser } from "../storage/users.ts";
import { type Operator, stamp } from "./operator.ts";
import { hashPassword } from "./passwords.ts";
import { admitTry, settleTry } from "./sign-in-pace.ts";

/** What a link is for, and for whom. */
export type Link = LinkView;

const HOUR_MS = 3_600_000;
const LIVES_MS: Record<Link["kind"], number> = {
  invitation: 7 * 24 * HOUR_MS,
  reset: 24 * HOUR_MS,
  forgotten: HOUR_MS / 2,
};

/**
 * Makes a link by which a person chooses a password, once: an invitation for a week, for who has none, otherwise for a day. Earlier
 * ones are worth nothing. `secret` is the only copy there will ever be.
 */
export async function makeLink(
  operator: Operator,
  user: UserRow,
): Promise<{ secret: string; kind: "invitation" | "reset"; expiresAt: Date }> {
  const kind = user.hasPassword ? "reset" : "invitation";
  return { kind, ...(await storeLink(operator, user, kind)) };
}

/** The link for whoever forgot a password and may read the person's mail, for half an hour. Only its like is worth nothing then. */
export function makeForgottenLink(
  operator: Operator,
  user: Pick<UserRow, "accountId" | "id">,
): Promise<{ secret: string; expiresAt: Date }> {
  return storeLink(operator, user, "forgotten");
}

async function storeLink(
  operator: Operator,
  { accountId, id: userId }: Pick<UserRow, "accountId" | "id">,
  kind: Link["kind"],
): Promise<{ secret: string; expiresAt: Date }> {
  const { id, at } = stamp(operator);
  const secret = randomBytes(32).toString("base64url");
  const expiresAt = new Date(at.getTime() + LIVES_MS[kind]);
  const link = { hash: hashOf(secret), id, accountId, userId, kind, createdAt: at, expiresAt };
  await withTransaction(operator.pool, (sql) => replaceLink(sql, link));
  return { secret, expiresAt };
}

/** Whom a link is for. Refuses with `link_gone` one that was used, is over, was replaced, or is none. */
export async function lookAtLink(
  operator: Operator,
  given: { secret: string; address: string },
): Promise<Link> {
  const attempt = { kind: "address", of: given.address } as const;
  await admitTry(operator, attempt);
  const found = await findLiveLink(operator.pool, hashOf(given.secret), nowOf(operator));
  if (!found) throw refuse();
  await settleTry(operator, attempt);
  return found;
}

/** Sets the password by a link. Of many at once one succeeds. The person's sessions end; a second factor stays. */
export async function takeLink(
  operator: Operator,
  given: { secret: string; password: string; address: string },
): Promise<Link> {
  const link = await lookAtLink(operator, given);
  const passwordHash = await hashPassword(given.password);
  const user = { accountId: link.accountId, id: link.userId };
  await withTransaction(operator.pool, async (sql) => {
    if (!(await useLink(sql, hashOf(given.secret), nowOf(operator)))) throw refuse();
    await updateUser(sql, user, { passwordHash });
    await deleteSessions(sql, user, null);
    await deleteLinks(sql, user);
    await touchAccount(sql, [user.accountId]);
  });
  await settleTry(operator, { kind: "login", of: link.login });
  return link;
}

function nowOf(operator: Operator): Date {
  return new Date(operator.clock.now());
}

function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret, "utf8").digest();
}

function refuse(): AppError {
  return new AppError(
    "link_gone",
    "This link was used already, is too old, or was replaced by a newer one. Ask for a new one.",
  );
}
