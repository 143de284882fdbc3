import * as api from "@recado/contract/admin-api";
import * as fields from "@recado/contract/admin-fields";
import { accessAccount, accessProject } from "../../accounts/access.ts";
import { browseProjects } from "../../accounts/browse.ts";
import { createProject, updateProject } from "../../accounts/projects.ts";
import { type AdminApp, type AdminDeps, callerOf, resellerOf } from "./admin-deps.ts";
import { formatProject } from "./format-rows.ts";

/** Projects. */
export function addProjectRoutes(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/accounts/:id/projects",
    { schema: { params: fields.idParams, body: api.newProject, response: { 201: api.project } } },
    async (request, reply) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const project = await createProject(deps, { ...request.body, accountId });
      return reply.code(201).send(formatProject(project));
    },
  );
  app.get(
    "/projects",
    { schema: { querystring: api.ofAccountQuery, response: { 200: fields.pageOf(api.project) } } },
    async (request) => {
      const { accountId = resellerOf(request) ?? undefined, ...page } = request.query;
      if (accountId !== undefined) await accessAccount(deps.pool, callerOf(request), accountId);
      const projects = await browseProjects(deps.pool, accountId ?? null, page);
      return { ...projects, items: projects.items.map(formatProject) };
    },
  );
  app.get(
    "/projects/:id",
    { schema: { params: fields.idParams, response: { 200: api.project } } },
    async (request) =>
      formatProject(await accessProject(deps.pool, callerOf(request), request.params.id)),
  );
  app.patch(
    "/projects/:id",
    {
      schema: { params: fields.idParams, body: api.projectUpdate, response: { 200: api.project } },
    },
    async (request) => {
      const project = await accessProject(deps.pool, callerOf(request), request.params.id);
      return formatProject(await updateProject(deps, project, request.body));
    },
  );
}
