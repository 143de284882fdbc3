import * as fields from "@recado/contract/admin-fields";
import * as api from "@recado/contract/admin-template-api";
import { accessProject, accessTemplateByNumber } from "../../accounts/access.ts";
import { browseTemplateChanges } from "../../accounts/browse.ts";
import { stamp } from "../../accounts/operator.ts";
import { MEDIA_TYPES } from "../../domain/media-kind.ts";
import { formatMoney } from "../../domain/money.ts";
import { lintTemplate } from "../../domain/template-lint.ts";
import { decideCategory } from "../../gateway/decide-category.ts";
import { deleteTemplate } from "../../gateway/delete-template.ts";
import { createMediaSink } from "../../gateway/media-sink.ts";
import { renderTemplate } from "../../gateway/preview-template.ts";
import { submitTemplate } from "../../gateway/submit-template.ts";
import { contentOf, createDraft, editDraft, lintDraft } from "../../gateway/template-drafts.ts";
import { keepUpload } from "../../gateway/uploads.ts";
import { AppError } from "../../platform/app-error.ts";
import {
  formatChange,
  formatLint,
  formatTemplate,
  readChange,
  readContent,
} from "../template-shapes.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";

/** Of a sample as base64: some 12 MB, more than WhatsApp takes as a picture. */
const SAMPLE_BODY_BYTES_MAX = 16 * 1024 * 1024;

/** Templates' lives: written, linted, submitted, previewed, decided about, deleted. */
export function addTemplateLifeRoutes(app: AdminApp, deps: AdminDeps): void {
  addDraftRoutes(app, deps);
  addReviewRoutes(app, deps);
  addLookRoutes(app, deps);
}

function addDraftRoutes(app: AdminApp, deps: AdminDeps): void {
  const ofProject = { params: fields.idParams, body: api.newTemplate };
  app.post(
    "/projects/:id/templates",
    { schema: { ...ofProject, response: { 201: api.template } } },
    async (request, reply) => {
      const project = await accessProject(deps.pool, callerOf(request), request.params.id);
      const { name, language } = request.body;
      const content = { ...readContent(request.body), sampleMediaId: null };
      const row = await createDraft(deps, project, { name, language, ...content });
      return reply.code(201).send(formatTemplate(row));
    },
  );
  app.post(
    "/projects/:id/templates/lint",
    { schema: { ...ofProject, response: { 200: api.lintAnswer } } },
    async (request) => {
      const project = await accessProject(deps.pool, callerOf(request), request.params.id);
      const { name, language } = request.body;
      const { sampleMediaId, ...content } = readContent(request.body);
      const given = { name, language, ...content, hasSample: sampleMediaId !== null };
      const { accountId, id: projectId } = project;
      return formatLint(await lintDraft(deps.pool, { accountId, projectId }, given));
    },
  );
  app.post(
    "/templates/lint",
    { schema: { body: api.newTemplate, response: { 200: api.lintAnswer } } },
    async (request) => {
      const { name, language } = request.body;
      const { sampleMediaId, ...content } = readContent(request.body);
      return formatLint(
        lintTemplate({ name, language, ...content, hasSample: sampleMediaId !== null }),
      );
    },
  );
  app.patch(
    "/templates/:id",
    {
      schema: {
        params: api.templateParams,
        body: api.templateChange,
        response: { 200: api.template },
      },
    },
    async (request) => {
      const row = await accessTemplateByNumber(deps.pool, callerOf(request), request.params.id);
      const before = contentOf(row);
      const { sampleMediaId } = before;
      const change = { ...readChange(before, request.body), sampleMediaId };
      return formatTemplate(await editDraft(deps, row, change));
    },
  );
  app.post(
    "/templates/:id/sample",
    {
      bodyLimit: SAMPLE_BODY_BYTES_MAX,
      schema: { params: api.templateParams, body: api.sample, response: { 200: api.template } },
    },
    async (request) => {
      const row = await accessTemplateByNumber(deps.pool, callerOf(request), request.params.id);
      const sampleMediaId = await keepSample(deps, row.accountId, request.body.base64);
      return formatTemplate(await editDraft(deps, row, { sampleMediaId }));
    },
  );
}

function addReviewRoutes(app: AdminApp, deps: AdminDeps): void {
  const { templateParams: params } = api;
  app.post(
    "/templates/:id/submit",
    { schema: { params, body: api.submission, response: { 200: api.submitted } } },
    async (request) => {
      const template = await accessTemplateByNumber(
        deps.pool,
        callerOf(request),
        request.params.id,
      );
      const { row, findings } = await submitTemplate(deps, template, request.body);
      return { template: formatTemplate(row), findings };
    },
  );
  app.post(
    "/templates/:id/delete",
    { schema: { params, body: api.deletionWish, response: { 200: api.deletion } } },
    async (request) => {
      const row = await accessTemplateByNumber(deps.pool, callerOf(request), request.params.id);
      const { deleted, nameFreeAt } = await deleteTemplate(deps, row, request.body);
      return { deleted, name_free_at: nameFreeAt?.toISOString() ?? null };
    },
  );
  app.post(
    "/templates/:id/category-decision",
    { schema: { params, body: api.categoryDecision, response: { 200: api.template } } },
    async (request) => {
      const row = await accessTemplateByNumber(deps.pool, callerOf(request), request.params.id);
      return formatTemplate(await decideCategory(deps, row, request.body));
    },
  );
}

function addLookRoutes(app: AdminApp, deps: AdminDeps): void {
  const { templateParams: params } = api;
  app.get(
    "/templates/:id",
    { schema: { params, response: { 200: api.template } } },
    async (request) =>
      formatTemplate(await accessTemplateByNumber(deps.pool, callerOf(request), request.params.id)),
  );
  app.get(
    "/templates/:id/changes",
    { schema: { params, querystring: fields.pageQuery, response: { 200: api.changes } } },
    async (request) => {
      const row = await accessTemplateByNumber(deps.pool, callerOf(request), request.params.id);
      const { items, nextCursor } = await browseTemplateChanges(deps.pool, row, request.query);
      return { items: items.map(formatChange), nextCursor };
    },
  );
  app.post(
    "/templates/:id/preview",
    { schema: { params, body: api.previewWish, response: { 200: api.preview } } },
    async (request) => {
      const row = await accessTemplateByNumber(deps.pool, callerOf(request), request.params.id);
      const { sampleMediaId, prices, ...preview } = await renderTemplate(deps, row, request.body);
      const priced = prices.map(({ amount, ...price }) => ({
        ...price,
        amount: amount === null ? null : formatMoney(amount),
      }));
      return { ...preview, sample_media_id: sampleMediaId, prices: priced };
    },
  );
}

async function keepSample(deps: AdminDeps, accountId: string, base64: string): Promise<string> {
  const sink = createMediaSink(deps.media);
  sink.writeText(Buffer.from(base64));
  const came = await sink.end();
  if (came?.kind !== "file") {
    const message = came?.kind === "invalid" ? came.why : "it is not base64";
    throw new AppError("media_invalid", `The sample: ${message}.`);
  }
  const { id, at } = stamp(deps);
  const { type, ...file } = came.file;
  const { mime } = MEDIA_TYPES[type];
  await keepUpload(deps, { ...file, accountId, id, projectId: null, mime, createdAt: at });
  return id;
}
