import { formatTemplateBody } from "../cloud-wire/template-body.ts";
import { foldCategory, foldStatus } from "../cloud-wire/template-words.ts";
import { readTemplate } from "../cloud-wire/templates.ts";
import { type JsonRecord, listOf, recordOf, textOf } from "../cloud-wire/untrusted-json.ts";
import { namelessFailure } from "../cloud-wire/upstream-error.ts";
import type {
  CreateTemplateCall,
  CreateTemplateOutcome,
  ProviderCall,
  ProviderTemplate,
  TemplatesOutcome,
} from "../provider.ts";
import { readFailedCall, readRepeatableFailure } from "./failures.ts";
import { callGraph, readResult } from "./graph.ts";

const FIELDS =
  "id,name,language,status,category,components,parameter_format,rejected_reason,quality_score";

/** So many that a page stays under the longest reply that is read, with the longest templates. */
const PAGE_SIZE = 50;

/** An account has 6,000 templates at most (fact sheet §5.5). */
const PAGES_MAX = 150;

/** All templates of the business account, page by page. One page that fails fails the whole. */
export async function listTemplates(call: ProviderCall): Promise<TemplatesOutcome> {
  const templates: ProviderTemplate[] = [];
  const skipped: { name: string; why: string }[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const reply = await callGraph(call, {
      method: "GET",
      path: [call.channel.businessId, "message_templates"],
      query: { fields: FIELDS, limit: String(PAGE_SIZE), ...(after === null ? {} : { after }) },
    });
    const result = readResult(reply);
    if (result === null || !Array.isArray(result.data)) {
      const failure = readRepeatableFailure(reply, [call.channel.accessToken], new Date());
      return { kind: "refused", failure };
    }
    for (const item of listOf(result.data)) {
      const read = readTemplate(item);
      if (read.kind === "template") templates.push(read.template);
      else skipped.push({ name: read.name, why: read.why });
    }
    after = nextCursor(result);
    if (after === null) return { kind: "listed", templates, skipped };
  }
  const why = `more than ${PAGES_MAX} pages of templates`;
  return { kind: "refused", failure: namelessFailure(why, { kind: "never" }) };
}

/**
 * The cursor of the next page. `next` is only there when there is one, but its address is not
 * followed: it may carry the token (§5.2).
 */
function nextCursor(result: JsonRecord): string | null {
  const paging = recordOf(result.paging);
  return textOf(paging?.next) === null ? null : textOf(recordOf(paging?.cursors)?.after);
}

/** Submits a template. An unknown outcome is told as refused for good: the name may exist by now. */
export async function createTemplate(call: CreateTemplateCall): Promise<CreateTemplateOutcome> {
  const reply = await callGraph(call, {
    method: "POST",
    path: [call.channel.businessId, "message_templates"],
    body: formatTemplateBody(call.template),
  });
  const result = readResult(reply);
  const providerTemplateId = textOf(result?.id);
  if (providerTemplateId !== null) {
    return {
      kind: "created",
      providerTemplateId,
      status: foldStatus(result?.status) ?? "pending",
      category: foldCategory(result?.category) ?? call.template.category,
    };
  }
  const failed = readFailedCall(reply, [call.channel.accessToken], new Date());
  if (failed.kind === "refused") return failed;
  return { kind: "refused", failure: namelessFailure(failed.why, { kind: "never" }) };
}
