import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Session } from "../../accounts/sessions.ts";
import { AppError } from "../../platform/app-error.ts";

import type { Mailer } from "../../platform/mailer.ts";
import { callerOfSession, type SessionCaller } from "../session-caller.ts";
import type { V1Deps } from "../v1/v1-deps.ts";

/** Everything that the console's own calls are handed: what `/v1` is, and mail. */
export interface ConsoleDeps extends V1Deps {
  /** Null: no e-mails are sent. */
  mailer: Mailer | null;
}

/** The part of the server that the calls are added to. */
export type ConsoleApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** A person who is signed in; also a caller for `access.ts` and the audit. */
export type ConsoleCaller = SessionCaller;

/** A call under way. */
export interface ConsoleExchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

const sessions = new WeakMap<object, Session>();

/** Notes whose session a request came with, open or not. */
export function setSession(request: FastifyRequest, session: Session): void {
  sessions.set(request, session);
}

/** The session that a request came with, or null; one that awaits a code may do nothing else. */
export function sessionOf(request: object): Session | null {
  return sessions.get(request) ?? null;
}

/** Who is signed in, or null. */
export function findCaller(request: object): ConsoleCaller | null {
  const session = sessionOf(request);
  return session?.state === "open" ? callerOfSession(session) : null;
}

/** Who is signed in. Refuses with `unauthenticated` whoever is not. */
export function callerOf(request: object): ConsoleCaller {
  const caller = findCaller(request);
  if (!caller) throw new AppError("unauthenticated", "Nobody is signed in here: sign in.");
  return caller;
}
