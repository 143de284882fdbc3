import * as fields from "@recado/contract/admin-fields";
import * as api from "@recado/contract/admin-operator-api";
import type { z } from "zod";
import { accessAccount, checkAdministrator } from "../../accounts/access.ts";
import { retain } from "../../accounts/retain.ts";
import { type Retention, readRetention, setRetention } from "../../accounts/retention.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";

/** How long an account's things are kept. */
export function addRetentionRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get(
    "/accounts/:id/retention",
    { schema: { params: fields.idParams, response: { 200: api.retention } } },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      return formatRetention(await readRetention(deps.pool, accountId));
    },
  );
  app.patch(
    "/accounts/:id/retention",
    {
      schema: {
        params: fields.idParams,
        body: api.retentionUpdate,
        response: { 200: api.retention },
      },
    },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      return formatRetention(await setRetention(deps, accountId, request.body));
    },
  );
  app.post(
    "/retention/run",
    { schema: { querystring: api.retentionRunQuery, response: { 200: api.retentionRun } } },
    async (request) => {
      const { accountId = null } = request.query;
      checkAdministrator(callerOf(request));
      if (accountId !== null) await accessAccount(deps.pool, callerOf(request), accountId);
      return retain(deps, accountId);
    },
  );
}

function formatRetention(row: Retention): z.infer<typeof api.retention> {
  const { accountId, bodiesDays, eventsDays, deliveriesDays, journalDays, updatedAt } = row;
  const days = { bodiesDays, eventsDays, deliveriesDays, journalDays };
  return { accountId, ...days, updatedAt: updatedAt?.toISOString() ?? null };
}
