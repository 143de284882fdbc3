import { foldCategory } from "../cloud-wire/template-words.ts";
import { recordOf, textOf } from "../cloud-wire/untrusted-json.ts";
import { namelessFailure } from "../cloud-wire/upstream-error.ts";
import type {
  CreateTemplateCall,
  CreateTemplateOutcome,
  ProviderCall,
  ProviderTemplate,
  TemplatesOutcome,
} from "../provider.ts";
import { callGupshup, readResult } from "./api.ts";
import { readFailedCall, readRepeatableFailure } from "./failures.ts";
import { readTemplate } from "./read-template.ts";
import { formatTemplateForm } from "./template-form.ts";
import { foldGupshupStatus } from "./template-status.ts";

/** So many that a page stays under the longest reply that is read, with the longest templates. */
const PAGE_SIZE = 100;

/** An account has 6,000 templates at most. */
const PAGES_MAX = 100;

/**
 * All templates of the app (fact sheet §3.3). The page parameters are seen in use and not documented: whether
 * they count from 0 or 1, or are passed over, is found out by what comes. One page that fails fails the whole.
 */
export async function listTemplates(call: ProviderCall): Promise<TemplatesOutcome> {
  const templates: ProviderTemplate[] = [];
  const skipped: { name: string; why: string }[] = [];
  const seen = new Set<unknown>();
  let fruitless = 0;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const reply = await callGupshup(call, {
      method: "GET",
      path: ["wa", "app", call.channel.businessId, "template"],
      query: { pageNo: String(page), pageSize: String(PAGE_SIZE) },
    });
    const items = readResult(reply)?.templates;
    if (!Array.isArray(items)) {
      const failure = readRepeatableFailure(reply, [call.channel.accessToken]);
      return { kind: "refused", failure };
    }
    const fresh = items.filter((item) => !seen.has(recordOf(item)?.id));
    for (const item of fresh) {
      seen.add(recordOf(item)?.id);
      const read = readTemplate(item);
      if (read.kind === "template") templates.push(read.template);
      else skipped.push({ name: read.name, why: read.why });
    }
    fruitless = fresh.length === 0 ? fruitless + 1 : 0;
    if (items.length !== PAGE_SIZE || fruitless > 1) return { kind: "listed", templates, skipped };
  }
  const why = `more than ${PAGES_MAX} pages of templates`;
  return { kind: "refused", failure: namelessFailure(why, { kind: "never" }) };
}

/** Submits a template (§3.4). An unknown outcome is told as refused for good: the name may exist by now. */
export async function createTemplate(call: CreateTemplateCall): Promise<CreateTemplateOutcome> {
  const reply = await callGupshup(call, {
    method: "POST",
    path: ["wa", "app", call.channel.businessId, "template"],
    form: formatTemplateForm(call.template),
  });
  const template = recordOf(readResult(reply)?.template);
  const providerTemplateId = textOf(template?.id);
  if (providerTemplateId !== null) {
    return {
      kind: "created",
      providerTemplateId,
      status: foldGupshupStatus(template?.status) ?? "pending",
      category: foldCategory(template?.category) ?? call.template.category,
    };
  }
  const failed = readFailedCall(reply, [call.channel.accessToken]);
  if (failed.kind === "refused") return failed;
  return { kind: "refused", failure: namelessFailure(failed.why, { kind: "never" }) };
}
