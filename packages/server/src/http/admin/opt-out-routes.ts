import * as fields from "@recado/contract/admin-fields";
import * as limits from "@recado/contract/admin-limits-api";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { accessAccount, accessProject } from "../../accounts/access.ts";
import {
  addOptOuts,
  browseOptOuts,
  checkOptOut,
  type ListOwner,
  type OptOut,
  readRules,
  removeOptOut,
  setRules,
} from "../../accounts/opt-outs.ts";
import { parseOptOutList } from "../../domain/opt-out-list.ts";
import { AppError } from "../../platform/app-error.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";

/** A list of 10,000 people with their notes. */
const LIST_BODY_BYTES_MAX = 6 * 1024 * 1024;

/** Who is not sent marketing by a project. */
export function addOptOutRoutes(app: AdminApp, deps: AdminDeps): void {
  const params = fields.idParams;
  app.get(
    "/projects/:id/opt-outs",
    {
      schema: {
        params,
        querystring: limits.optOutQuery,
        response: { 200: fields.pageOf(limits.optOut) },
      },
    },
    async (request) => {
      const owner = await findOwner(deps, request, request.params.id);
      const { mobile, ...page } = request.query;
      if (mobile === undefined) {
        const { items, nextCursor } = await browseOptOuts(deps, owner, page);
        return { items: items.map(formatOptOut), nextCursor };
      }
      const { accountId, projectId } = owner;
      const row = await checkOptOut(deps, { accountId, projectId, mobile });
      return { items: row === null ? [] : [formatOptOut(row)], nextCursor: null };
    },
  );
  app.post(
    "/projects/:id/opt-outs",
    {
      bodyLimit: LIST_BODY_BYTES_MAX,
      schema: { params, body: limits.optOutList, response: { 200: limits.optOutReport } },
    },
    async (request) => {
      const owner = await findOwner(deps, request, request.params.id);
      const parsed = parseOptOutList(request.body.list.replaceAll("\0", ""));
      if (parsed.kind === "unreadable") {
        throw new AppError("invalid_request", `The list cannot be read: ${parsed.why}.`);
      }
      return addOptOuts(deps, owner, parsed.people);
    },
  );
  app.post(
    "/projects/:id/opt-outs/remove",
    { schema: { params, body: limits.removedOptOut, response: { 200: limits.done } } },
    async (request) => {
      const { accountId, projectId } = await findOwner(deps, request, request.params.id);
      await removeOptOut(deps, { accountId, projectId, mobile: request.body.mobile });
      return { done: true as const };
    },
  );
  addRuleRoutes(app, deps);
}

function addRuleRoutes(app: AdminApp, deps: AdminDeps): void {
  const params = fields.idParams;
  const read = async (owner: ListOwner) => {
    const { outWords, inWords, outReply, inReply } = await readRules(deps, owner);
    return { outWords: [...outWords], inWords: [...inWords], outReply, inReply };
  };
  app.get(
    "/projects/:id/opt-out-rules",
    { schema: { params, response: { 200: limits.optOutRules } } },
    async (request) => read(await findOwner(deps, request, request.params.id)),
  );
  app.post(
    "/projects/:id/opt-out-rules",
    { schema: { params, body: limits.newOptOutRules, response: { 200: limits.optOutRules } } },
    async (request) => {
      const owner = await findOwner(deps, request, request.params.id);
      const { outWords = null, inWords = null, outReply = null, inReply = null } = request.body;
      await setRules(deps, owner, { outWords, inWords, outReply, inReply });
      return read(owner);
    },
  );
}

async function findOwner(deps: AdminDeps, request: FastifyRequest, id: string): Promise<ListOwner> {
  const caller = callerOf(request);
  const project = await accessProject(deps.pool, caller, id);
  const { accountId, countries } = await accessAccount(deps.pool, caller, project.accountId);
  return { accountId, projectId: project.id, countries };
}

function formatOptOut(row: OptOut): z.infer<typeof limits.optOut> {
  const { mobile, source, note } = row;
  return { mobile, source, note, since: row.createdAt.toISOString() };
}
