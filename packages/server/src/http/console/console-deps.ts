import {
  type ConsoleRole,
  type Permission,
  ROLE_PERMISSIONS,
  scopesOfRole,
} from "@recado/contract/console/permission";
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
import type { Caller } from "../../accounts/authenticate.ts";
import type { Session, SessionRules } from "../../accounts/sessions.ts";
import { AppError } from "../../platform/app-error.ts";

import type { V1Deps } from "../v1/v1-deps.ts";

/** Everything that the console's own calls are handed: what `/v1` is, and how long people stay signed in. */
export interface ConsoleDeps extends V1Deps {
  sessions: SessionRules;
}

/** The part of the server that the calls are added to. */
export type ConsoleApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** A person who is signed in. As a {@link Caller} it is what `access.ts` and the audit take. */
export type ConsoleCaller = Extract<Caller, { kind: "account" }> & {
  /** The same as `tokenId`. */
  sessionId: string;
  userId: string;
  role: ConsoleRole;
  permissions: readonly Permission[];
  /** Administers the whole platform. */
  operator: boolean;
};

/** A call under way. */
export interface ConsoleExchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** The caller that a session stands for. */
export function callerOfSession(session: Session): ConsoleCaller {
  const { accountId, userId, id, role, operator } = session;
  return {
    ...{ kind: "account", tokenId: id, accountId, userId, projectId: null },
    ...{ sessionId: id, role, operator },
    scopes: scopesOfRole(role),
    permissions: ROLE_PERMISSIONS[role],
  };
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
