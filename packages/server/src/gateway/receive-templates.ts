import type { TemplateItem } from "../domain/inbound.ts";
import type { NewAccountEvent } from "../storage/account-events.ts";
import { touchAccount } from "../storage/accounts.ts";
import type { Transaction } from "../storage/connect.ts";
import { askForTemplatesSoon } from "../storage/template-reads.ts";
import { updateTwinStatus } from "../storage/template-twins.ts";
import { lockTemplatesOfProvider } from "../storage/templates.ts";
import { type FollowUp, joinFollowUps } from "./receive-statuses.ts";
import { applyTemplateFacts, type FactsDeps, tellTemplates } from "./template-facts.ts";

/** What a provider said of templates, by the accounts that have its business account. */
export interface OwnedTemplate {
  accountId: string;
  item: TemplateItem;
}

/**
 * Applies what a provider says of templates, in its own order of time, account by account in one order for all. What only says that
 * something changed has the templates read anew.
 */
export async function receiveTemplates(
  sql: Transaction,
  deps: FactsDeps,
  given: { templates: readonly OwnedTemplate[]; nowMs: number },
): Promise<FollowUp> {
  const followUps: FollowUp[] = [];
  const byAccount = Map.groupBy(given.templates, (template) => template.accountId);
  for (const accountId of [...byAccount.keys()].sort()) {
    const items = (byAccount.get(accountId) ?? []).map(({ item }) => item);
    const events = await receiveOfAccount(sql, deps, { accountId, items, nowMs: given.nowMs });
    followUps.push(await tellTemplates(sql, deps, { accountId, nowMs: given.nowMs, events }));
  }
  return joinFollowUps(followUps);
}

async function receiveOfAccount(
  sql: Transaction,
  deps: FactsDeps,
  given: { accountId: string; items: readonly TemplateItem[]; nowMs: number },
): Promise<NewAccountEvent[]> {
  const { accountId, items, nowMs } = given;
  const events: NewAccountEvent[] = [];
  const unread = new Set<string>();
  let changed = false;
  for (const item of items) {
    const { status, category, quality, reason, providerTemplateId } = item;
    const facts = { status, category, quality, reason, providerTemplateId };
    // A date in the future would keep everything true from counting until then.
    const at = new Date(Math.min(item.at?.getTime() ?? nowMs, nowMs));
    // Of a template's twin at another number only the state counts.
    if (status && (await updateTwinStatus(sql, { accountId, providerTemplateId, status, at }))) {
      changed = true;
    }
    for (const row of await lockTemplatesOfProvider(sql, accountId, item)) {
      const told = { facts, source: "event" as const, at };
      const applied = await applyTemplateFacts(sql, deps, { row, told, nowMs });
      events.push(...applied.events);
      changed = changed || applied.changed;
      if (!status && !category && !quality) unread.add(row.projectId);
    }
  }
  if (unread.size > 0) {
    await askForTemplatesSoon(sql, accountId, { projectIds: [...unread], now: new Date(nowMs) });
  }
  if (changed) await touchAccount(sql, [accountId]);
  return events;
}
