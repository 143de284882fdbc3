import { isUuid } from "../platform/ids.ts";
import { listAccounts } from "../storage/accounts.ts";
import { listChannels } from "../storage/channels.ts";
import type { Queryable } from "../storage/connect.ts";
import {
  type DeliveryRow,
  type DeliveryState,
  listDeliveries,
} from "../storage/delivery-history.ts";
import { type EndpointRow, listEndpoints } from "../storage/endpoints.ts";
import {
  findBalance,
  type LedgerPlace,
  listTransfers,
  type TransferView,
} from "../storage/ledger-queries.ts";
import { listMessages, type MessageFilter, type MessageView } from "../storage/message-queries.ts";
import { listPriceBooks, listPrices } from "../storage/prices.ts";
import { listProjects } from "../storage/projects.ts";
import {
  type AllocationRow,
  type CustomerRow,
  type DaySpan,
  listAllocations,
  listCustomers,
  listResellerRows,
  type ResellerRow,
} from "../storage/resellers.ts";
import { listSettlements, type SettlementRow } from "../storage/settlements.ts";
import { listTemplateChanges, type TemplateChangeRow } from "../storage/template-changes.ts";
import { listTemplates, type TemplateChoice, type TemplateRow } from "../storage/templates.ts";
import { listTokens } from "../storage/tokens.ts";
import { findUserByLogin, listUsers } from "../storage/users.ts";
import type { Account } from "./accounts.ts";
import type { Channel } from "./channels.ts";
import {
  cutPage,
  openCursor,
  type Page,
  type PageRequest,
  readPage,
  refuseCursor,
} from "./page.ts";
import type { Price, PriceBook } from "./prices.ts";
import type { Project } from "./projects.ts";
import type { Token } from "./tokens.ts";
import type { User } from "./users.ts";

/*
 * Lists, newest first and page by page. They show what they are asked for: whoever calls them has
 * proved the right to it by `access.ts`.
 */

/** A message as people look at it. */
export type Message = MessageView;
/** A template of a project. */
export type Template = TemplateRow;
/** One line of a template's history. */
export type TemplateChange = TemplateChangeRow;
/** One movement of money. */
export type Transfer = TransferView;
/** An event on its way to an endpoint. */
export type Delivery = DeliveryRow;

/** An address that a project's events are posted to; its secrets are sealed. */
export type Endpoint = EndpointRow;

/** Accounts: a reseller and its customers; null: all. */
export async function browseAccounts(
  sql: Queryable,
  resellerId: string | null,
  page: PageRequest,
): Promise<Page<Account>> {
  return readPage(page, async (slice) =>
    (await listAccounts(sql, resellerId, slice)).map((account) => ({
      ...account,
      id: account.accountId,
    })),
  );
}

/** The people of an account. */
export function browseUsers(
  sql: Queryable,
  accountId: string,
  page: PageRequest,
): Promise<Page<User>> {
  return readPage(page, (slice) => listUsers(sql, accountId, slice));
}

/** The user with this login, whatever its case, or null. */
export function findLogin(sql: Queryable, login: string): Promise<User | null> {
  return findUserByLogin(sql, login);
}

/** The tokens of an account; null: the platform's own. */
export function browseTokens(
  sql: Queryable,
  accountId: string | null,
  page: PageRequest,
): Promise<Page<Token>> {
  return readPage(page, (slice) => listTokens(sql, accountId, slice));
}

/** The projects of an account; null: of all. */
export function browseProjects(
  sql: Queryable,
  accountId: string | null,
  page: PageRequest,
): Promise<Page<Project>> {
  return readPage(page, (slice) => listProjects(sql, accountId, slice));
}

/** The channels of an account; null: of all. */
export function browseChannels(
  sql: Queryable,
  accountId: string | null,
  page: PageRequest,
): Promise<Page<Channel>> {
  return readPage(page, (slice) => listChannels(sql, accountId, slice));
}

/** The templates of a project; `id` null: of all of the account. */
export function browseTemplates(
  sql: Queryable,
  project: TemplateChoice,
  page: PageRequest,
): Promise<Page<Template>> {
  return readPage(page, (slice) => listTemplates(sql, project, slice));
}

/** The price books of an account's own; null: all. */
export function browsePriceBooks(
  sql: Queryable,
  ownerId: string | null,
  page: PageRequest,
): Promise<Page<PriceBook>> {
  return readPage(page, (slice) => listPriceBooks(sql, ownerId, slice));
}

/** A template's history. */
export function browseTemplateChanges(
  sql: Queryable,
  template: { accountId: string; id: string },
  page: PageRequest,
): Promise<Page<TemplateChangeRow>> {
  return readPage(page, (slice) => listTemplateChanges(sql, template, slice));
}

const PRICES_MAX = 5_000;

/** Every price of a book, past and coming ones too; at most 5,000. */
export function readPrices(sql: Queryable, book: PriceBook): Promise<Price[]> {
  return listPrices(sql, book.id, PRICES_MAX);
}

/** Messages of an account. */
export function browseMessages(
  sql: Queryable,
  filter: MessageFilter,
  page: PageRequest,
): Promise<Page<Message>> {
  return readPage(page, (slice) => listMessages(sql, filter, slice));
}

/** Every endpoint of an account, or of one of its projects, oldest first. */
export function browseEndpoints(
  sql: Queryable,
  filter: { accountId: string; projectId?: string | undefined },
): Promise<Endpoint[]> {
  return listEndpoints(sql, filter);
}

/** Deliveries to an endpoint. */
export function browseDeliveries(
  sql: Queryable,
  filter: { accountId: string; endpointId: string; state: DeliveryState | undefined },
  page: PageRequest,
): Promise<Page<Delivery>> {
  return readPage(page, ({ before, limit }) =>
    listDeliveries(sql, { ...filter, before: before ?? undefined, max: limit }),
  );
}

/** The days of a reseller that were settled. */
export function browseSettlements(
  sql: Queryable,
  resellerId: string,
  page: PageRequest,
): Promise<Page<SettlementRow>> {
  return readPage(page, (slice) => listSettlements(sql, resellerId, slice));
}

/** Resellers with what was settled with each in a span of days; `resellerId` confines them to that one. */
export function browseResellers(
  sql: Queryable,
  wanted: DaySpan & { resellerId: string | null },
  page: PageRequest,
): Promise<Page<ResellerRow>> {
  return readPage(page, (slice) => listResellerRows(sql, wanted, slice));
}

/** Who a reseller sells to. */
export function browseCustomers(
  sql: Queryable,
  resellerId: string,
  page: PageRequest,
): Promise<Page<CustomerRow>> {
  return readPage(page, (slice) => listCustomers(sql, resellerId, slice));
}

/** What a reseller handed on to its customers. */
export function browseAllocations(
  sql: Queryable,
  resellerId: string,
  page: PageRequest,
): Promise<Page<AllocationRow>> {
  return readPage(page, (slice) => listAllocations(sql, resellerId, slice));
}

/** What an account's wallet holds, in 1/10,000. */
export function readBalance(sql: Queryable, accountId: string): Promise<bigint> {
  return findBalance(sql, accountId);
}

/** Movements of an account's money; `since` and `until` confine them. */
export async function browseLedger(
  sql: Queryable,
  accountId: string,
  page: PageRequest & { since?: Date | null; until?: Date | null },
): Promise<Page<Transfer>> {
  const { since, until } = page;
  const before = page.cursor === undefined ? null : openLedgerCursor(page.cursor);
  const slice = { before, limit: page.limit + 1, since: since ?? null, until: until ?? null };
  const rows = await listTransfers(sql, accountId, slice);
  return cutPage(rows, page.limit, (row) => [String(row.atUs), row.causeId, row.kind]);
}

function openLedgerCursor(cursor: string): LedgerPlace {
  const [atUs = "", causeId = "", kind = ""] = openCursor(cursor);
  if (!/^\d{1,17}$/u.test(atUs) || !isUuid(causeId) || !/^[a-z-]{1,20}$/u.test(kind)) {
    refuseCursor();
  }
  return { atUs: BigInt(atUs), causeId, kind };
}
