import type { pickerTemplate } from "@recado/contract/console/inbox-actions";
import type { z } from "zod";
import type { Directory } from "../accounts/directory.ts";
import { type AccountSnapshot, findPrice, type TemplateView } from "../domain/account-snapshot.ts";
import { formatMoney } from "../domain/money.ts";
import { isUserId, parseAddress, reachesHidden } from "../domain/person-address.ts";
import { slotNames, templateSlots } from "../domain/template.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../storage/connect.ts";
import { findExamples, isOptedOut } from "../storage/contact-panel.ts";
import { findContact } from "../storage/contacts.ts";
import type { InboxRow } from "../storage/inbox-rows.ts";
import { findBalance } from "../storage/ledger-queries.ts";
import { type KnownPerson, suggestVariable } from "./suggest-variable.ts";

type Shown = z.input<typeof pickerTemplate>;

/** Templates that may be sent in a conversation, by name, each with its price for this person and what fills it. */
export async function listPicker(
  deps: { pool: Database; clock: Clock; directory: Directory },
  of: { accountId: string; row: InboxRow },
): Promise<{ currency: string; balance: bigint; items: Shown[] }> {
  const { accountId, row } = of;
  const snapshot = (await deps.directory.snapshots(deps.pool, [accountId])).get(accountId);
  if (!snapshot) return { currency: "", balance: 0n, items: [] };
  const templates = [...snapshot.templatesByNumber.values()]
    .filter(({ status, projectId }) => status === "approved" && serves(snapshot, projectId, row))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const numbers = templates.map(({ number }) => number);
  const { contactId } = row;
  const optedOut = async (projectId: string) =>
    [projectId, await isOptedOut(deps.pool, { accountId, contactId, projectId })] as const;
  const projectIds = [...new Set(templates.map(({ projectId }) => projectId))];
  const [contact, examples, balance, ...outs] = await Promise.all([
    findContact(deps.pool, { accountId, id: contactId }),
    findExamples(deps.pool, accountId, numbers),
    findBalance(deps.pool, accountId),
    ...projectIds.map(optedOut),
  ]);
  const { addresses } = row.contact;
  const mobile = addresses.find(({ kind }) => kind === "phone")?.value ?? null;
  const takesIds = reachesHidden(snapshot.channels.get(row.channelId)?.provider ?? "");
  const userId = takesIds ? (addresses.find(({ value }) => isUserId(value))?.value ?? null) : null;
  const name = row.contact.name ?? row.contact.profileName;
  const around: Surroundings = {
    ...{ snapshot, balance, examples, nowMs: deps.clock.now() },
    optedOut: new Set(outs.flatMap(([id, is]) => (is ? [id] : []))),
    address: mobile ?? userId,
    person: { name, mobile, customFields: contact?.customFields ?? {} },
  };
  const items = templates.map((template) => show(template, around));
  return { currency: snapshot.currency, balance, items };
}

function serves(snapshot: AccountSnapshot, projectId: string, row: InboxRow): boolean {
  const project = snapshot.projects.get(projectId);
  return project?.active === true && project.channelId === row.channelId;
}

interface Surroundings {
  snapshot: AccountSnapshot;
  balance: bigint;
  examples: ReadonlyMap<number, string[]>;
  optedOut: ReadonlySet<string>;
  person: KnownPerson;
  /** Where it would go; null: there is no way. */
  address: string | null;
  nowMs: number;
}

function show(template: TemplateView, around: Surroundings): Shown {
  const { number, name, language, category, definition } = template;
  const price = priceOf(template, around);
  return {
    ...{ id: number, name, language, category },
    ...{ header: definition.header, body: definition.body, footer: definition.footer },
    buttons: definition.buttons.map(({ kind, text }) => ({ kind, text })),
    variables: listVariables(template, around),
    price: price === null ? null : formatMoney(price),
    refusal: findRefusal(template, price, around),
  };
}

function listVariables(
  { definition, category, number }: TemplateView,
  { examples, person }: Surroundings,
): Shown["variables"] {
  const names = slotNames(definition, category);
  return templateSlots(definition, category).map((slot, index) => {
    const name = names[index] ?? "";
    const text = slot.part === "header" ? (definition.header?.text ?? "") : definition.body;
    const at =
      slot.part === "button" ? -1 : text.search(new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`, "u"));
    const textBefore = at < 0 ? "" : text.slice(0, at);
    const suggested = suggestVariable({ name, textBefore }, person);
    return { name, part: slot.part, example: examples.get(number)?.[index] ?? "", suggested };
  });
}

function priceOf({ category }: TemplateView, around: Surroundings): bigint | null {
  const { snapshot, address, nowMs } = around;
  const parsed = parseAddress(address ?? "", [...snapshot.countries]);
  if (parsed.kind === "invalid") return null;
  return findPrice(snapshot, { country: parsed.country, category }, nowMs);
}

function findRefusal(
  { category, projectId, guard }: TemplateView,
  price: bigint | null,
  { optedOut, balance, address }: Surroundings,
): Shown["refusal"] {
  if (address === null || (category === "authentication" && isUserId(address))) {
    return { code: "number_hidden", detail: "The person hides the number." };
  }
  if (price === null) return { code: "no_price", detail: "There is no price for this person." };
  if (guard?.state === "rejected") {
    return { code: "category_guard", detail: "It became dearer and was stopped." };
  }
  if (category === "marketing" && optedOut.has(projectId)) {
    return { code: "opted_out", detail: "The person wants no marketing." };
  }
  if (balance < price) {
    return { code: "insufficient_balance", detail: "The balance does not pay for it." };
  }
  return null;
}
