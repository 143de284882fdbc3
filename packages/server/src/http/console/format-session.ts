import type { openSession } from "@recado/contract/console/people";
import { ROLE_PERMISSIONS } from "@recado/contract/console/permission";
import type { session as sessionSchema } from "@recado/contract/console/session";
import type { z } from "zod";
import { isReseller } from "../../accounts/resellers.ts";
import type { OpenSession, Session } from "../../accounts/sessions.ts";
import type { ConsoleDeps } from "./console-deps.ts";

/** Who is signed in, and what they may do. */
export async function formatSession(
  deps: Pick<ConsoleDeps, "pool" | "sendsMail">,
  session: Session | null,
): Promise<z.input<typeof sessionSchema>> {
  const sends_mail = deps.sendsMail;
  if (session === null) return { state: "signed_out", sends_mail };
  if (session.state === "second-factor") return { state: "second_factor", sends_mail };
  const { userId, login, name, email, role, operator, hasSecondFactor, locale, theme } = session;
  return {
    state: "signed_in",
    session_id: session.id,
    expires_at: session.expiresAt.toISOString(),
    person: {
      ...{ id: userId, login, name, email, role, operator, locale, theme },
      permissions: [...ROLE_PERMISSIONS[role]],
      has_second_factor: hasSecondFactor,
      reseller: await isReseller(deps.pool, session),
    },
    account: {
      id: session.accountId,
      name: session.accountName,
      currency: session.currency,
      time_zone: session.timeZone,
    },
    sends_mail,
  };
}

/** One of a person's browsers; `currentId` is the one that asks. */
export function formatOpenSession(
  row: OpenSession,
  currentId: string,
): z.input<typeof openSession> {
  const { id, address, agent } = row;
  return {
    ...{ id, address, agent, current: id === currentId },
    created_at: row.createdAt.toISOString(),
    seen_at: row.seenAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
  };
}
