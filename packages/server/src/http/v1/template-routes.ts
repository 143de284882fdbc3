import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { accessMedia, accessProject, accessTemplateByNumber } from "../../accounts/access.ts";
import { browseTemplateChanges, browseTemplates } from "../../accounts/browse.ts";
import { findDefaultProject } from "../../accounts/default-project.ts";
import { formatMoney } from "../../domain/money.ts";
import { decideCategory } from "../../gateway/decide-category.ts";
import { deleteTemplate } from "../../gateway/delete-template.ts";
import { renderTemplate } from "../../gateway/preview-template.ts";
import { submitTemplate } from "../../gateway/submit-template.ts";
import { contentOf, createDraft, editDraft, lintDraft } from "../../gateway/template-drafts.ts";
import { importTemplates } from "../../gateway/templates.ts";
import {
  formatChange,
  formatLint,
  formatTemplate,
  readChange,
  readContent,
} from "../template-shapes.ts";
import { chooseProject } from "./message-routes.ts";
import type { Serve } from "./serve.ts";
import type { V1Caller, V1Deps } from "./v1-deps.ts";

/** Templates and their lives. */
export function serveTemplates(serve: Serve, deps: V1Deps): void {
  serveLists(serve, deps);
  serveDrafts(serve, deps);
  serveLives(serve, deps);
}

function serveLists(serve: Serve, deps: V1Deps): void {
  serve(calls.listTemplates, async ({ caller, query }) => {
    const { project_id, status, name, ...page } = query;
    const id = await chooseProject(deps, caller, project_id);
    const of = { accountId: caller.accountId, id, status, namePart: name };
    const { items, nextCursor } = await browseTemplates(deps.pool, of, page);
    return { items: items.map(formatTemplate), next_cursor: nextCursor };
  });
  serve(calls.getTemplate, async ({ caller, params }) =>
    formatTemplate(await accessTemplateByNumber(deps.pool, caller, params.id)),
  );
  serve(calls.listTemplateChanges, async ({ caller, params, query }) => {
    const template = await accessTemplateByNumber(deps.pool, caller, params.id);
    const { items, nextCursor } = await browseTemplateChanges(deps.pool, template, query);
    return { items: items.map(formatChange), next_cursor: nextCursor };
  });
}

function serveDrafts(serve: Serve, deps: V1Deps): void {
  serve(calls.createTemplate, async ({ caller, body, reply }) => {
    const project = await accessHome(deps, caller, body.project_id);
    const { name, language } = body;
    const content = readContent(body);
    await checkSample(deps, caller, content.sampleMediaId);
    const row = await createDraft(deps, project, { name, language, ...content });
    reply.header("location", `/v1/templates/${row.number}`);
    return formatTemplate(row);
  });
  serve(calls.lintTemplate, async ({ caller, body }) => {
    const id = await chooseProject(deps, caller, body.project_id);
    const { sampleMediaId, ...content } = readContent(body);
    const { name, language } = body;
    const given = { name, language, ...content, hasSample: sampleMediaId !== null };
    const project = { accountId: caller.accountId, projectId: id };
    return formatLint(await lintDraft(deps.pool, project, given));
  });
  serve(calls.changeTemplate, async ({ caller, params, body }) => {
    const row = await accessTemplateByNumber(deps.pool, caller, params.id);
    await checkSample(deps, caller, body.sample_media_id ?? null);
    const change = readChange(contentOf(row), body);
    return formatTemplate(await editDraft(deps, row, change));
  });
}

function serveLives(serve: Serve, deps: V1Deps): void {
  serve(calls.submitTemplate, async ({ caller, params, body }) => {
    const template = await accessTemplateByNumber(deps.pool, caller, params.id);
    const { row, findings } = await submitTemplate(deps, template, body);
    return { template: formatTemplate(row), findings };
  });
  serve(calls.deleteTemplate, async ({ caller, params, query }) => {
    const template = await accessTemplateByNumber(deps.pool, caller, params.id);
    const allLanguages = query.all_languages === "true";
    const { deleted, nameFreeAt } = await deleteTemplate(deps, template, { allLanguages });
    return { deleted, name_free_at: nameFreeAt?.toISOString() ?? null };
  });
  serve(calls.previewTemplate, async ({ caller, params, body }) => {
    const template = await accessTemplateByNumber(deps.pool, caller, params.id);
    const { sampleMediaId, prices, ...preview } = await renderTemplate(deps, template, body);
    return {
      ...preview,
      sample_media_id: sampleMediaId,
      prices: prices.map(({ amount, ...price }) => ({
        ...price,
        amount: amount === null ? null : formatMoney(amount),
      })),
    };
  });
  serve(calls.decideTemplateCategory, async ({ caller, params, body }) => {
    const template = await accessTemplateByNumber(deps.pool, caller, params.id);
    return formatTemplate(await decideCategory(deps, template, body));
  });
  serve(calls.syncTemplates, async ({ caller, body }) => {
    const report = await importTemplates(deps, await accessHome(deps, caller, body.project_id));
    deps.webhooks.kick();
    return report;
  });
}

/** The project that a template is written for: the one asked for, else the token's own, else the account's first. */
async function accessHome(deps: V1Deps, caller: V1Caller, wanted: string | undefined) {
  const id = wanted ?? caller.projectId ?? (await findDefaultProject(deps, caller.accountId));
  return accessProject(deps.pool, caller, id);
}

/** Refuses with `not_found` a file that the caller has not uploaded. */
async function checkSample(deps: V1Deps, caller: V1Caller, id: string | null): Promise<void> {
  if (id !== null) await accessMedia(deps.pool, caller, id);
}
