import { AppError } from "../platform/app-error.ts";
import { isUuid } from "../platform/ids.ts";
import {
  type AuditFilter,
  type AuditRow,
  completeAudit,
  insertAudit,
  listAudit,
  type NewAudit,
  WHOLE_PLATFORM,
} from "../storage/audit.ts";
import type { Queryable } from "../storage/connect.ts";
import {
  accessAccount,
  accessChannel,
  accessDelivery,
  accessEndpoint,
  accessPriceBook,
  accessProject,
  accessTemplate,
  accessToken,
  accessUser,
} from "./access.ts";
import type { Caller } from "./authenticate.ts";
import { type Operator, stamp } from "./operator.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";
import { redactChange } from "./redact-change.ts";

/*
 * Who changed what. The entry is written before the change is tried and completed when it has been answered, as a
 * call to a provider is: a process that dies in between leaves an entry without an end, never a change without an entry. What is
 * refused leaves one too.
 */

/** A change that somebody asks for. */
export interface ChangeRequest {
  caller: Caller;
  /** Where the call came from. */
  address: string;
  /** Method and route, such as `PATCH /admin/accounts/:id`. */
  action: string;
  /** What the address names, such as `accounts`. */
  noun: string;
  /** The id in the address. */
  targetId: string | null;
  body: unknown;
}

/** An entry that waits for its end. */
export type OpenAudit = Pick<NewAudit, "accountId" | "id" | "targetId" | "action">;

/** A change as people look at it; one of the platform as a whole concerns {@link PLATFORM_ID}. */
export type AuditEntry = AuditRow;

/** Stands for the platform as a whole. */
export const PLATFORM_ID: string = WHOLE_PLATFORM;

type Reader = (
  sql: Queryable,
  caller: Caller,
  id: string,
) => Promise<{ accountId?: string | null; ownerAccountId?: string | null }>;

/** What an address can name, and the door to it. One that is not here is told by its request and answer alone. */
const READERS: Record<string, Reader> = {
  accounts: accessAccount,
  users: accessUser,
  people: accessUser,
  tokens: accessToken,
  projects: accessProject,
  channels: accessChannel,
  templates: accessTemplate,
  "price-books": accessPriceBook,
  endpoints: accessEndpoint,
  "webhook-endpoints": accessEndpoint,
  deliveries: accessDelivery,
  "webhook-deliveries": accessDelivery,
};

/** Writes down who is about to change what, and what it was before. */
export async function beginAudit(
  operator: Pick<Operator, "pool" | "clock" | "ids">,
  request: ChangeRequest,
): Promise<OpenAudit> {
  const { caller, address, action, body } = request;
  const target = await readTarget(operator.pool, request);
  const { id, at } = stamp(operator);
  const accountId = target?.accountId ?? target?.ownerAccountId ?? homeOf(caller) ?? namedIn(body);
  const entry: NewAudit = {
    ...{ id, at, address, action },
    accountId: accountId ?? WHOLE_PLATFORM,
    actor: caller.kind,
    actorAccountId: homeOf(caller) ?? personOf(caller)?.accountId ?? null,
    tokenId: caller.tokenId,
    userId: personOf(caller)?.userId ?? null,
    // What is no name at all is refused in a moment, and not worth keeping.
    targetId: /^[\w.-]{1,200}$/u.test(request.targetId ?? "") ? request.targetId : null,
    before: redactChange(target),
    request: isPersonal(action) ? PERSONAL : redactChange(body),
  };
  await insertAudit(operator.pool, entry);
  return { accountId: entry.accountId, id, targetId: entry.targetId, action };
}

/** Writes down how it was answered, and what the answer shows of the thing now. */
export async function endAudit(
  operator: Pick<Operator, "pool">,
  entry: OpenAudit,
  answer: { status: number; body: unknown },
): Promise<void> {
  const done = answer.status < 400;
  const made = done ? findMade(answer.body) : null;
  const accountId = entry.accountId === WHOLE_PLATFORM ? made?.accountId : undefined;
  await completeAudit(operator.pool, entry, {
    accountId: accountId ?? entry.accountId,
    targetId: made?.id ?? null,
    status: answer.status,
    after: isPersonal(entry.action) ? PERSONAL : redactChange(answer.body),
  });
}

/** What stands for whom a change was about: entries are kept for good, and an erasure does not look at them. */
const PERSONAL = { omitted: "whom it was about" };

function isPersonal(action: string): boolean {
  return /\/(?:opt-outs|erasures|persons)(?:\/|$)/u.test(action);
}

/** Writes down that an administrator's token was made on the server's own machine, where nobody has one yet. */
export async function noteLocalToken(
  operator: Pick<Operator, "pool" | "clock" | "ids">,
  tokenId: string,
): Promise<void> {
  const { id, at } = stamp(operator);
  const entry: NewAudit = {
    ...{ id, at, tokenId, accountId: WHOLE_PLATFORM, actor: "administrator", actorAccountId: null },
    ...{ userId: null, address: "local", action: "recado admin-token", targetId: tokenId },
    ...{ before: null, request: null },
  };
  await insertAudit(operator.pool, entry);
  const end = { accountId: WHOLE_PLATFORM, targetId: tokenId, status: 201, after: null };
  await completeAudit(operator.pool, entry, end);
}

/** Somebody at the console's door: signing in, giving a code, taking a link. */
export interface DoorEvent {
  accountId: string;
  userId: string;
  /** Null where none was opened. */
  sessionId: string | null;
  address: string;
  action: string;
  status: number;
}

/** Writes down that somebody came in, or tried; nothing of what they typed. */
export async function noteDoor(
  operator: Pick<Operator, "pool" | "clock" | "ids">,
  event: DoorEvent,
): Promise<void> {
  const { id, at } = stamp(operator);
  const { accountId, userId, sessionId, address, action, status } = event;
  const entry: NewAudit = {
    ...{ id, at, accountId, userId, address, action, targetId: userId },
    ...{ actor: "account", actorAccountId: accountId, tokenId: sessionId ?? NO_TOKEN },
    ...{ before: null, request: null },
  };
  await insertAudit(operator.pool, entry);
  await completeAudit(operator.pool, entry, { accountId, targetId: userId, status, after: null });
}

/** Stands where nobody had a token or a session yet. */
const NO_TOKEN = WHOLE_PLATFORM;

/** Changes, newest first; whoever calls has proved the right to them. */
export function browseAudit(
  sql: Queryable,
  filter: AuditFilter,
  page: PageRequest,
): Promise<Page<AuditEntry>> {
  return readPage(page, (slice) => listAudit(sql, filter, slice));
}

async function readTarget(sql: Queryable, { caller, noun, targetId }: ChangeRequest) {
  const read = READERS[noun];
  if (!read || targetId === null || !isUuid(targetId)) return null;
  try {
    return await read(sql, caller, targetId);
  } catch (error) {
    // Not the caller's to see: then it is not told here either.
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Who it is by name, where a session or a token says so. */
function personOf(caller: Caller): { accountId: string; userId: string | null } | null {
  return caller.kind === "account" ? caller : (caller.person ?? null);
}

function homeOf(caller: Caller): string | null {
  return caller.kind === "administrator" ? null : caller.accountId;
}

/** The account that a body names. */
function namedIn(body: unknown): string | null {
  const named = readId(body, "accountId") ?? readId(body, "ownerAccountId");
  return named ?? readId(body, "parentId");
}

/** What an answer shows, itself or one level down: `{ id }`, `{ row: { id } }`, `{ channel: { id } }`. */
function findMade(body: unknown): { id: string | null; accountId: string | null } | null {
  if (typeof body !== "object" || body === null) return null;
  const candidates: unknown[] = [body, ...Object.values(body)];
  const made = candidates.find((candidate) => readId(candidate, "id") !== null);
  if (made === undefined) return null;
  return {
    id: readId(made, "id"),
    accountId: readId(made, "accountId") ?? readId(made, "ownerAccountId"),
  };
}

function readId(body: unknown, name: string): string | null {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(body, name)?.value;
  return typeof value === "string" && isUuid(value) ? value : null;
}
