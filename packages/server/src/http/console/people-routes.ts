import { CONSOLE_OPERATIONS as calls } from "@recado/contract/console/operations";
import type { madeLink, person as personSchema } from "@recado/contract/console/people";
import type { z } from "zod";
import { accessUser } from "../../accounts/access.ts";
import { browseUsers } from "../../accounts/browse.ts";
import { makeLink } from "../../accounts/one-time-links.ts";
import { changePerson, checkMayManage, invitePerson } from "../../accounts/people.ts";
import { resetSecondFactor } from "../../accounts/second-factor.ts";
import { browseSessions, endSessions } from "../../accounts/sessions.ts";
import type { User } from "../../accounts/users.ts";
import { AppError } from "../../platform/app-error.ts";
import { formatLink } from "../one-time-link.ts";
import { type ConsoleCaller, type ConsoleDeps, sessionOf } from "./console-deps.ts";
import { formatOpenSession } from "./format-session.ts";
import { formatLinkMail, type LinkMailFacts } from "./link-mail.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** The people of the account, by whoever may manage them. */
export function servePeople(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.listPeople, async ({ caller, query }) => {
    const { items, nextCursor } = await browseUsers(deps.pool, caller.accountId, query);
    return { items: items.map(formatPerson), next_cursor: nextCursor };
  });
  serve(calls.getPerson, async ({ caller, params }) =>
    formatPerson(await accessUser(deps.pool, caller, params.id)),
  );
  serve(calls.invitePerson, async ({ caller, body, request }) => {
    const user = await invitePerson(deps, caller, body);
    const accountName = sessionOf(request)?.accountName ?? "";
    return { person: formatPerson(user), link: await giveLink(deps, user, accountName) };
  });
  serve(calls.changePerson, async ({ caller, params, body }) => {
    const person = await accessUser(deps.pool, caller, params.id);
    return formatPerson(await changePerson(deps, caller, { person, changes: body }));
  });
  serve(calls.makePersonLink, async ({ caller, params, request }) => {
    const user = await accessOther(deps, caller, params.id);
    return giveLink(deps, user, sessionOf(request)?.accountName ?? "");
  });
  serve(calls.resetPersonSecondFactor, async ({ caller, params }) => {
    const { accountId, id } = await accessOther(deps, caller, params.id);
    await resetSecondFactor(deps, { accountId, userId: id });
    return formatPerson(await accessUser(deps.pool, caller, id));
  });
  serve(calls.listPersonSessions, async ({ caller, params }) => {
    const user = await accessManaged(deps, caller, params.id);
    const rows = await browseSessions(deps, user);
    return { items: rows.map((row) => formatOpenSession(row, caller.sessionId)) };
  });
  serve(calls.endPersonSessions, async ({ caller, params }) => {
    const user = await accessManaged(deps, caller, params.id);
    return { ended: await endSessions(deps.pool, user, null) };
  });
}

async function accessManaged(deps: ConsoleDeps, caller: ConsoleCaller, id: string): Promise<User> {
  const user = await accessUser(deps.pool, caller, id);
  checkMayManage(caller, user);
  return user;
}

/** As {@link accessManaged}, for what a person does to themselves by other means, with their password. */
async function accessOther(deps: ConsoleDeps, caller: ConsoleCaller, id: string): Promise<User> {
  if (id === caller.userId) {
    throw new AppError("forbidden", "Of yourself this is asked for with your password and a code.");
  }
  return accessManaged(deps, caller, id);
}

/** A link to choose a password by; mailed where there is a mail server and an address, and shown in any case. */
async function giveLink(
  deps: ConsoleDeps,
  user: User,
  accountName: string,
): Promise<z.input<typeof madeLink>> {
  const { secret, kind, expiresAt } = await makeLink(deps, user);
  const link = formatLink(deps.publicUrl(), secret);
  return {
    one_time_link: link,
    expires_at: expiresAt.toISOString(),
    mailed: await mailLink(deps, user, { kind, accountName, login: user.login, link, expiresAt }),
  };
}

/** Sent at once and not by the outbox, where it would lie readable. Whoever made it has it on the screen if this fails. */
async function mailLink(deps: ConsoleDeps, user: User, facts: LinkMailFacts): Promise<boolean> {
  if (!deps.mailer || user.email === null) return false;
  const id = deps.ids.next(deps.clock.now());
  const outcome = await deps.mailer.send({ to: user.email, id, ...formatLinkMail(facts) });
  if (outcome.kind !== "sent") deps.logger.warn({ why: outcome.why }, "link.not_mailed");
  return outcome.kind === "sent";
}

function formatPerson(row: User): z.input<typeof personSchema> {
  const { id, login, name, email, role, state, operator } = row;
  return {
    ...{ id, login, name, email, role, state, operator },
    has_password: row.hasPassword,
    has_second_factor: row.hasSecondFactor,
    signed_in_at: row.signedInAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}
