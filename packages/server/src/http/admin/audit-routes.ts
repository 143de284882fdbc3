import { pageOf } from "@recado/contract/admin-fields";
import * as api from "@recado/contract/admin-operator-api";
import type { z } from "zod";
import { accessAccount } from "../../accounts/access.ts";
import { type AuditEntry, browseAudit, PLATFORM_ID } from "../../accounts/audit.ts";
import { type AdminApp, type AdminDeps, callerOf, resellerOf } from "./admin-deps.ts";

/** Who changed what; a reseller sees what it and its customers did. */
export function addAuditRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get(
    "/audit",
    { schema: { querystring: api.auditQuery, response: { 200: pageOf(api.auditEntry) } } },
    async (request) => {
      const { accountId = null, action = null, tokenId = null, ...page } = request.query;
      if (accountId !== null) await accessAccount(deps.pool, callerOf(request), accountId);
      const filter = {
        accountId,
        action,
        path: null,
        tokenId,
        resellerId: resellerOf(request),
        actorAccountId: null,
      };
      const entries = await browseAudit(deps.pool, filter, page);
      return { ...entries, items: entries.items.map(formatEntry) };
    },
  );
}

function formatEntry(row: AuditEntry): z.infer<typeof api.auditEntry> {
  const { id, actor, tokenId, tokenLabel, userId, login, address, action, targetId, status } = row;
  const { before, after, request } = row;
  return {
    ...{ id, actor, tokenId, tokenLabel, userId, login, address, action, targetId, status },
    ...{ before, after, request },
    at: row.at.toISOString(),
    accountId: row.accountId === PLATFORM_ID ? null : row.accountId,
  };
}
