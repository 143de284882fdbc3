import * as api from "@recado/contract/admin-api";
import * as fields from "@recado/contract/admin-fields";
import type { z } from "zod";
import { accessProject } from "../../accounts/access.ts";
import { browseTemplates } from "../../accounts/browse.ts";
import { importTwins } from "../../gateway/template-twins.ts";
import {
  importMetaTemplates,
  importTemplates,
  importTemplatesFromFile,
} from "../../gateway/templates.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";
import { formatTemplate } from "./format-rows.ts";

/** As many templates as an account can have, at some 2 KB each. */
const FILE_BYTES_MAX = 16 * 1024 * 1024;

/** Templates of a project: listed, and imported from the provider or from a file. */
export function addTemplateRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get(
    "/projects/:id/templates",
    {
      schema: {
        params: fields.idParams,
        querystring: fields.pageQuery,
        response: { 200: fields.pageOf(api.template) },
      },
    },
    async (request) => {
      const project = await accessProject(deps.pool, callerOf(request), request.params.id);
      const page = await browseTemplates(deps.pool, project, request.query);
      return { ...page, items: page.items.map(formatTemplate) };
    },
  );
  app.post(
    "/projects/:id/templates/import",
    { schema: { params: fields.idParams, response: { 200: api.importReport } } },
    async (request) => {
      const project = await accessProject(deps.pool, callerOf(request), request.params.id);
      const report = await importTemplates(deps, project);
      const lacking = await importTwins(deps, project);
      return { ...report, skipped: [...report.skipped, ...lacking] };
    },
  );
  app.post(
    "/projects/:id/templates/import-file",
    {
      bodyLimit: FILE_BYTES_MAX,
      schema: {
        params: fields.idParams,
        body: api.anyTemplateFile,
        response: { 200: api.importReport },
      },
    },
    async (request) => {
      const project = await accessProject(deps.pool, callerOf(request), request.params.id);
      const file: z.infer<typeof api.anyTemplateFile> = request.body;
      return "data" in file
        ? importMetaTemplates(deps, project, file.data as unknown[])
        : importTemplatesFromFile(deps, project, file.templates);
    },
  );
}
