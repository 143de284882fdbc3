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
import { findOwner } from "../storage/owners.ts";
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
 * tells nothing. An administrator sees every account; a token sees its own account, and if it is
 * confined to a project nothing of the account's other ones.
 */

/** Refuses with `forbidden` when the caller's token lacks a scope. An administrator lacks none. */
export function checkScope(caller: Caller, scope: TokenScope): void {
  if (caller.kind === "account" && !caller.scopes.includes(scope)) {
    throw new AppError("forbidden", `The token lacks the scope ${scope}.`);
  }
}

/** Refuses with `forbidden` whoever is not an administrator of the platform. */
export function checkAdministrator(caller: Caller): void {
  if (caller.kind !== "administrator") {
    throw new AppError("forbidden", "This needs an administrator's token.");
  }
}

/** The account, if the caller may. */
export async function accessAccount(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<AccountRow> {
  return reveal(mayEnter(caller, id) ? await findAccount(sql, id) : null, "account");
}

/** The user, if the caller may. */
export async function accessUser(sql: Queryable, caller: Caller, id: string): Promise<UserRow> {
  return reveal(await findUser(sql, { accountId: homeOf(caller), id }), "user");
}

/** The token, if the caller may; never its secret, which nobody has. */
export async function accessToken(sql: Queryable, caller: Caller, id: string): Promise<TokenRow> {
  const token = await findToken(sql, { accountId: homeOf(caller), id });
  return reveal(token && inProject(caller, token.projectId) ? token : null, "token");
}

/** The project, if the caller may. */
export async function accessProject(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<ProjectRow> {
  const project = await findProject(sql, { accountId: homeOf(caller), id });
  return reveal(project && inProject(caller, project.id) ? project : null, "project");
}

/** The channel, if the caller may: a confined token, only that of its project. */
export async function accessChannel(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<ChannelRow> {
  const channel = await findChannel(sql, { accountId: homeOf(caller), id });
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
  const template = await findTemplate(sql, { accountId: homeOf(caller), id });
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

/** The price book, if the caller may: the operator's shared books are the administrator's alone. */
export async function accessPriceBook(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<PriceBookRow> {
  const book = await findPriceBook(sql, id);
  const allowed =
    book && (caller.kind === "administrator" || mayEnter(caller, book.ownerAccountId));
  return reveal(allowed ? book : null, "price book");
}

/** The message, if the caller may. */
export async function accessMessage(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<MessageView> {
  const accountId = await findOwner(sql, "messages", { accountId: homeOf(caller), id });
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
  const accountId = await findOwner(sql, "endpoints", { accountId: homeOf(caller), id });
  const endpoint = accountId === null ? null : await findEndpoint(sql, { accountId, id });
  return reveal(endpoint && inProject(caller, endpoint.projectId) ? endpoint : null, "endpoint");
}

/** The delivery, if the caller may see its endpoint. */
export async function accessDelivery(
  sql: Queryable,
  caller: Caller,
  id: string,
): Promise<DeliveryRow> {
  const accountId = await findOwner(sql, "deliveries", { accountId: homeOf(caller), id });
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
  const accountId = await findOwner(sql, "erasures", { accountId: homeOf(caller), id });
  const isWhole = caller.kind === "administrator" || caller.projectId === null;
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

/** The account that the caller is confined to; null for an administrator. */
function homeOf(caller: Caller): string | null {
  return caller.kind === "administrator" ? null : caller.accountId;
}

function mayEnter(caller: Caller, accountId: string | null): boolean {
  return caller.kind === "administrator" || caller.accountId === accountId;
}

function inProject(caller: Caller, projectId: string | null): boolean {
  return (
    caller.kind === "administrator" || caller.projectId === null || caller.projectId === projectId
  );
}

function reveal<Row>(row: Row | null, what: string): Row {
  if (row === null) throw new AppError("not_found", `There is no such ${what}.`);
  return row;
}
