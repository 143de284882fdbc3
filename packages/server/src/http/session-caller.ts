import {
  type ConsoleRole,
  type Permission,
  ROLE_PERMISSIONS,
  scopesOfRole,
} from "@recado/contract/console/permission";
import type { FastifyRequest } from "fastify";
import type { Caller } from "../accounts/authenticate.ts";
import { isReseller } from "../accounts/resellers.ts";
import { findSession, type Session, type SessionOffice } from "../accounts/sessions.ts";
import { checkSameOrigin, readSessionCookie } from "./session-cookie.ts";

/*
 * One session opens three doors: `/console/api`, `/v1` with the scopes of the role, and `/admin` to who operates the platform or
 * administers a reseller. A Bearer token wins over it: whoever sends one means it.
 */

/** A person who is signed in. As a {@link Caller} it is what `access.ts` and the audit take. */
export type SessionCaller = Extract<Caller, { kind: "account" }> & {
  /** The same as `tokenId`. */
  sessionId: string;
  userId: string;
  role: ConsoleRole;
  permissions: readonly Permission[];
  /** Administers the whole platform. */
  operator: boolean;
};

/** What reading the session of a request takes. */
export interface SessionDoor extends SessionOffice {
  publicUrl(): string;
}

/** The caller that a session stands for, in its own account. */
export function callerOfSession(session: Session): SessionCaller {
  const { accountId, userId, id, role, operator } = session;
  return {
    ...{ kind: "account", tokenId: id, accountId, userId, projectId: null },
    ...{ sessionId: id, role, operator },
    scopes: scopesOfRole(role),
    permissions: ROLE_PERMISSIONS[role],
  };
}

/**
 * Who is signed in with the cookie of a request that brings no token; null: nobody, or only half. Refuses with `origin_refused` a
 * change that no page of this server asks for.
 */
export async function readOpenSession(
  request: FastifyRequest,
  door: SessionDoor,
): Promise<Session | null> {
  const cookie = request.headers.authorization === undefined ? readSessionCookie(request) : "";
  if (cookie === "") return null;
  checkSameOrigin(request, door.publicUrl());
  const session = await findSession(door, cookie);
  return session?.state === "open" ? session : null;
}

/** The caller that a session stands for in administration; null: it opens nothing there. */
export async function findOfficeCaller(
  door: SessionDoor,
  session: Session,
): Promise<Caller | null> {
  const { id: tokenId, accountId, userId, operator } = session;
  const person = { accountId, userId };
  if (operator) return { kind: "administrator", tokenId, person };
  if (!(await isReseller(door.pool, session))) return null;
  return { kind: "reseller", tokenId, accountId, person };
}
