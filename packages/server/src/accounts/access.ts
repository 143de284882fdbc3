import type { TokenScope } from "@recado/contract/admin-api";
import { AppError } from "../platform/app-error.ts";
import { type AccountRow, findAccount } from "../storage/accounts.ts";
import { type ChannelRow, findChannel } from "../storage/channels.ts";
import type { Queryable } from "../storage/connect.ts";
import { type ContactRow, findContact } from "../storage/contacts.ts";
import { type ConversationView, findConversation } from "../storage/conversations.ts";
import { type DeliveryRow, findDelivery } from "../storage/delivery-history.ts";
import { type EndpointRow, findEndpoint } from "../storage/endpoints.ts";
import { type ErasureRow, findErasure } from "../storage/erasures.ts";
import { findJournalPost, type JournalView } from "../storage/journal-history.ts";
import { findUploadedMedia, type UploadedMedia } from "../storage/media.ts";
import { findMessage, type MessageView } from "../storage/message-queries.ts";
import { findOwner, type OwnedTable } from "../storage/owners.ts";
import { findPriceBook, type PriceBookRow } from "../storage/prices.ts";
import { findProject, type ProjectRow } from "../storage/projects.ts";
import { findTemplate, findTemplateByNumber, type TemplateRow } from "../storage/templates.ts";
import { findToken, type TokenRow } from "../storage/tokens.ts";
import { findUser, type UserRow } from "../storage/users.ts";
import type { Caller } from "./authenticate.ts";

/** What a provider posted, with its body. */
export type JournalPost = JournalView & { body: Buffer };

/*
 * The only door to a row that a caller has named. Each function gives the row when the caller may see
 * it, and otherwise the very same 404, whether it is somebody else's or nobody's: an id that was guessed
 * tells nothing. An administrator sees every account; a reseller its own and those that it owns; a token
 * sees its own account, and if it is confined to a project nothing of the account's other ones.
 */

/** Refuses with `forbidden` when the caller's token lacks a scope. An administrator lacks none. */
export function checkScope(caller: Caller, scope: TokenScope): void {
  if (caller.kind === "account" && !caller.scopes.includes(scope)) {
    throw new AppError(
      "forbidden",
      `The token, or the role of whoever is signed in, lacks the scope ${scope}.`,
    );
  }
}

/** Refuses with `forbidden` whoever is not an administrator of the platform. */
export function checkAdministrator(caller: Caller): void {
  if (caller.kind === "reseller") {
    throw new AppError("forbidden", "This is the operator's alone.");
  }
  if (caller.kind !== "administrator") {
    throw new AppError("forbidden", "This needs an administrator's token.");
  }
}

/** Refuses with `forbidden` whoever is neither the platform's administrator nor a reseller's. */
export function checkOffice(caller: Caller): void {
  if (caller.kind === "account") checkAdministrator(caller);
}

/** The account, if the caller may. */
export async function accessAccount(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<AccountRow> {
  const account = await findAccount(sql, id);
  return reveal(account && holds(caller, account) ? account : null, "account");
}

/** As {@link accessAccount}, for what a reseller may do to its customers and not to itself. */
export async function accessCustomer(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<AccountRow> {
  const account = await accessAccount(sql, caller, id);
  if (caller.kind === "reseller" && account.accountId === caller.accountId) {
    throw new AppError(
      "forbidden",
      "This is for your operator to do: it concerns your own account.",
    );
  }
  return account;
}

/** Whether an account is one that the caller may see. */
export async function isHeld(sql: Queryable, caller: Caller, accountId: string): Promise<boolean> {
  const account = await findAccount(sql, accountId);
  return account !== null && holds(caller, account);
}

/** The user, if the caller may. */
export async function accessUser(sql: Queryable, caller: Caller, id: string): Promise<UserRow> {
  const user = await findUser(sql, { accountId: homeOf(caller), id });
  return reveal(await ifHeld(sql, caller, user), "user");
}

/** The token, if the caller may; never its secret, which nobody has. */
export async function accessToken(sql: Queryable, caller: Caller, id: string): Promise<TokenRow> {
  const found = await findToken(sql, { accountId: homeOf(caller), id });
  const token = await ifHeld(sql, caller, found);
  return reveal(token && inProject(caller, token.projectId) ? token : null, "token");
}

/** The project, if the caller may. */
export async function accessProject(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<ProjectRow> {
  const found = await findProject(sql, { accountId: homeOf(caller), id });
  const project = await ifHeld(sql, caller, found);
  return reveal(project && inProject(caller, project.id) ? project : null, "project");
}

/** The channel, if the caller may: a confined token, only that of its project. */
export async function accessChannel(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<ChannelRow> {
  const found = await findChannel(sql, { accountId: homeOf(caller), id });
  const channel = await ifHeld(sql, caller, found);
  if (channel && caller.kind === "account" && caller.projectId !== null) {
    const project = await findProject(sql, { accountId: caller.accountId, id: caller.projectId });
    return reveal(project?.channelId === channel.id ? channel : null, "channel");
  }
  return reveal(channel, "channel");
}

/** The template, if the caller may. */
export async function accessTemplate(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<TemplateRow> {
  const found = await findTemplate(sql, { accountId: homeOf(caller), id });
  const template = await ifHeld(sql, caller, found);
  return reveal(template && inProject(caller, template.projectId) ? template : null, "template");
}

/** {@link accessTemplate} by the template's `id_template`. */
export async function accessTemplateByNumber(
  sql: Queryable,
  caller: Caller,
  number: number,
): Promise<TemplateRow> {
  const template = await findTemplateByNumber(sql, { accountId: homeOf(caller), number });
  return reveal(template && inProject(caller, template.projectId) ? template : null, "template");
}

/** The price book, if the caller may: an account has those that it owns; shared ones are the administrator's alone. */
export async function accessPriceBook(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<PriceBookRow> {
  const book = await findPriceBook(sql, id);
  const allowed =
    book && (caller.kind === "administrator" || book.ownerAccountId === caller.accountId);
  return reveal(allowed ? book : null, "price book");
}

/** As {@link accessPriceBook}, for looking: a reseller sees the prices that it pays as well, not what they cost the operator. */
export async function accessPrices(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<{ book: PriceBookRow; showsCost: boolean }> {
  const own = caller.kind === "reseller" ? await findAccount(sql, caller.accountId) : null;
  const book = own?.priceBookId === id ? await findPriceBook(sql, id) : null;
  if (book && book.ownerAccountId !== own?.accountId) return { book, showsCost: false };
  return { book: await accessPriceBook(sql, caller, id), showsCost: true };
}

/** The message, if the caller may. */
export async function accessMessage(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<MessageView> {
  const accountId = await findHome(sql, caller, { table: "messages", id });
  const message = accountId === null ? null : await findMessage(sql, { accountId, id });
  return reveal(message && inProject(caller, message.projectId) ? message : null, "message");
}

/** The uploaded file, if the caller may: a confined token, only those that were uploaded for its project. */
export async function accessMedia(
  sql: Queryable,
  caller: Extract<Caller, { kind: "account" }>,
  id: string,
): Promise<UploadedMedia> {
  const media = await findUploadedMedia(sql, { accountId: caller.accountId, id });
  return reveal(media && inProject(caller, media.projectId) ? media : null, "file");
}

/** The endpoint, if the caller may; its secrets are sealed in it. */
export async function accessEndpoint(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<EndpointRow> {
  const accountId = await findHome(sql, caller, { table: "endpoints", id });
  const endpoint = accountId === null ? null : await findEndpoint(sql, { accountId, id });
  return reveal(endpoint && inProject(caller, endpoint.projectId) ? endpoint : null, "endpoint");
}

/** The delivery, if the caller may see its endpoint. */
export async function accessDelivery(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<DeliveryRow> {
  const accountId = await findHome(sql, caller, { table: "deliveries", id });
  const delivery = accountId === null ? null : await findDelivery(sql, { accountId, id });
  if (delivery && caller.kind === "account" && caller.projectId !== null) {
    const { endpointId } = delivery;
    const endpoint = await findEndpoint(sql, { accountId: caller.accountId, id: endpointId });
    return reveal(endpoint && inProject(caller, endpoint.projectId) ? delivery : null, "delivery");
  }
  return reveal(delivery, "delivery");
}

/** What a provider posted, whole; it is full of personal data, and the administrator's alone to see. */
export async function accessJournalPost(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<JournalPost> {
  checkAdministrator(caller);
  const accountId = await findOwner(sql, "journal", { accountId: null, id });
  return reveal(accountId === null ? null : await findJournalPost(sql, { accountId, id }), "post");
}

/** The contact, if the caller may: a confined token, those that its project made or has a conversation with. */
export async function accessContact(
  sql: Queryable,
  caller: AccountCaller,
  id: string,
): Promise<ContactRow> {
  const { accountId, projectId } = caller;
  return reveal(await findContact(sql, { accountId, projectId, id }), "contact");
}

/** The conversation, if the caller may: a confined token, those of its project. */
export async function accessConversation(
  sql: Queryable,
  caller: AccountCaller,
  id: string,
): Promise<ConversationView> {
  const { accountId, projectId } = caller;
  return reveal(await findConversation(sql, { accountId, projectId, id }), "conversation");
}

/** The erasure, if the caller may: never a confined token, since it concerns the whole account. */
export async function accessErasure(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<ErasureRow> {
  const accountId = await findHome(sql, caller, { table: "erasures", id });
  const isWhole = caller.kind !== "account" || caller.projectId === null;
  const erasure = accountId === null ? null : await findErasure(sql, { accountId, id });
  return reveal(isWhole ? erasure : null, "erasure");
}

/** Refuses with `forbidden` a token that is confined to a project: what it asks for concerns the whole account. */
export function checkUnconfined(caller: Caller): void {
  if (caller.kind === "account" && caller.projectId !== null) {
    throw new AppError(
      "forbidden",
      "This token is confined to a project, and a person is the whole account's.",
    );
  }
}

type AccountCaller = Extract<Caller, { kind: "account" }>;

/** The one account in which the caller's things are looked for; null: in all, and `ifHeld` decides. */
function homeOf(caller: Caller): string | null {
  return caller.kind === "account" ? caller.accountId : null;
}

function holds(caller: Caller, account: { accountId: string; parentId: string | null }): boolean {
  if (caller.kind === "administrator" || caller.accountId === account.accountId) return true;
  return caller.kind === "reseller" && caller.accountId === account.parentId;
}

/** The row, unless it belongs to an account that the caller does not hold. */
async function ifHeld<Row extends { accountId: string | null }>(
  sql: Queryable,
  caller: Caller,
  row: Row | null,
): Promise<Row | null> {
  if (row === null || caller.kind !== "reseller") return row;
  const account = row.accountId === null ? null : await findAccount(sql, row.accountId);
  return account && holds(caller, account) ? row : null;
}

/** The account of a row that is named by id alone; null when the caller does not hold it. */
async function findHome(
  sql: Queryable,
  caller: Caller,
  row: { table: OwnedTable; id: string },
): Promise<string | null> {
  const accountId = await findOwner(sql, row.table, { accountId: homeOf(caller), id: row.id });
  return (await ifHeld(sql, caller, accountId === null ? null : { accountId }))?.accountId ?? null;
}

function inProject(caller: Caller, projectId: string | null): boolean {
  return caller.kind !== "account" || caller.projectId === null || caller.projectId === projectId;
}

function reveal<Row>(row: Row | null, what: string): Row {
  if (row === null) throw new AppError("not_found", `There is no such ${what}.`);
  return row;
}
