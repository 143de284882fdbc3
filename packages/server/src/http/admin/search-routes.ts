import * as fields from "@recado/contract/admin-fields";
import { searchRebuild } from "@recado/contract/admin-search-api";
import { accessAccount } from "../../accounts/access.ts";
import { rebuildSearch } from "../../inbox/work-search.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";

/** The index of the search. */
export function addSearchRoutes(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/accounts/:id/search/rebuild",
    { schema: { params: fields.idParams, response: { 202: searchRebuild } } },
    async (request, reply) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      await rebuildSearch(deps, accountId);
      reply.code(202);
      return { accountId, state: "building" as const };
    },
  );
}
