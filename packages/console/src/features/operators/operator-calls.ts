import type {
  balance,
  doctorReport,
  newTopup,
  topupResult,
  transfer,
} from "@recado/contract/admin-activity-api";
import type {
  account,
  accountUpdate,
  channel,
  createdChannel,
  newAccount,
  newChannel,
  newPrice,
  newPriceBook,
  newProject,
  price,
  priceBook,
  pricesOfBook,
  project,
  projectUpdate,
} from "@recado/contract/admin-api";
import type { channelReport } from "@recado/contract/admin-doctor-api";
import type { capList, newCap } from "@recado/contract/admin-limits-api";
import type { marginQuery, marginReport, statement } from "@recado/contract/admin-operator-api";
import { callAdmin } from "../../api/call.ts";
import { listAdmin } from "./list-admin.ts";

/** An account, a number, a price and what the doctor found, as `/admin` shows them. */
export type Account = (typeof account)["_zod"]["output"];
/** See {@link Account}. */
export type Channel = (typeof channel)["_zod"]["output"];
/** See {@link Account}. */
export type Price = (typeof price)["_zod"]["output"];
/** See {@link Account}. */
export type PriceBook = (typeof priceBook)["_zod"]["output"];
/** See {@link Account}. */
export type Project = (typeof project)["_zod"]["output"];
/** See {@link Account}. */
export type Transfer = (typeof transfer)["_zod"]["output"];
/** See {@link Account}. */
export type ChannelReport = (typeof channelReport)["_zod"]["output"];
/** See {@link Account}. */
export type MarginLine = (typeof marginReport)["_zod"]["output"]["items"][number];
/** See {@link Account}. */
export type DoctorCheck = (typeof doctorReport)["_zod"]["output"]["checks"][number];
/** See {@link Account}. */
export type Cap = (typeof capList)["_zod"]["output"]["items"][number];
/** What is asked for to connect a number. */
export type NewChannel = (typeof newChannel)["_zod"]["input"];
/** What came of it; its verify token is shown once. */
export type CreatedChannel = (typeof createdChannel)["_zod"]["output"];

const ACCOUNTS_MAX = 500;

export const listAccounts = (cursor: string | undefined, signal: AbortSignal) =>
  listAdmin<Account>("/accounts", { cursor }, signal);

/** As many as one call gives. */
export const listManyAccounts = (signal: AbortSignal) =>
  listAdmin<Account>("/accounts", { limit: ACCOUNTS_MAX }, signal);

export const listChannels = (cursor: string | undefined, signal: AbortSignal) =>
  listAdmin<Channel>("/channels", { cursor }, signal);

export const listChannelsOf = (accountId: string, signal: AbortSignal) =>
  callAdmin<{
    answer: { _zod: { output: { items: Channel[] }; input: unknown } };
    query: { _zod: { output: unknown; input: { accountId: string } } };
  }>({ method: "GET", path: "/channels", query: { accountId }, signal });

export const listPriceBooks = (cursor: string | undefined, signal: AbortSignal) =>
  listAdmin<PriceBook>("/price-books", { cursor }, signal);

export const getAccount = (id: string, signal: AbortSignal) =>
  callAdmin<{ answer: typeof account }>({ method: "GET", path: `/accounts/${id}`, signal });

export const createAccount = (body: (typeof newAccount)["_zod"]["input"]) =>
  callAdmin<{ answer: typeof account; body: typeof newAccount }>({
    method: "POST",
    path: "/accounts",
    body,
  });

export const changeAccount = (id: string, body: (typeof accountUpdate)["_zod"]["input"]) =>
  callAdmin<{ answer: typeof account; body: typeof accountUpdate }>({
    method: "PATCH",
    path: `/accounts/${id}`,
    body,
  });

export const getBalance = (id: string, signal: AbortSignal) =>
  callAdmin<{ answer: typeof balance }>({ method: "GET", path: `/accounts/${id}/balance`, signal });

export const topUp = (id: string, body: (typeof newTopup)["_zod"]["input"]) =>
  callAdmin<{ answer: typeof topupResult; body: typeof newTopup }>({
    method: "POST",
    path: `/accounts/${id}/topups`,
    body,
  });

export const runDoctor = (signal: AbortSignal) =>
  callAdmin<{ answer: typeof doctorReport }>({ method: "GET", path: "/doctor", signal });

export const checkChannel = (id: string) =>
  callAdmin<{ answer: typeof channelReport }>({ method: "GET", path: `/channels/${id}/doctor` });

export const getPrices = (bookId: string, signal: AbortSignal) =>
  callAdmin<{ answer: typeof pricesOfBook }>({
    method: "GET",
    path: `/price-books/${bookId}`,
    signal,
  });

export const setPrice = (bookId: string, body: (typeof newPrice)["_zod"]["input"]) =>
  callAdmin<{ answer: typeof price; body: typeof newPrice }>({
    method: "POST",
    path: `/price-books/${bookId}/prices`,
    body,
  });

export const createPriceBook = (body: (typeof newPriceBook)["_zod"]["input"]) =>
  callAdmin<{ answer: typeof priceBook; body: typeof newPriceBook }>({
    method: "POST",
    path: "/price-books",
    body,
  });

export const listLedger = (id: string, cursor: string | undefined, signal: AbortSignal) =>
  listAdmin<Transfer>(`/accounts/${id}/ledger`, { cursor }, signal);

export const getStatement = (id: string, month: string) =>
  callAdmin<{ answer: typeof statement }>({
    method: "GET",
    path: `/accounts/${id}/statements/${month}`,
  });

export const getCaps = (id: string, signal: AbortSignal) =>
  callAdmin<{ answer: typeof capList }>({ method: "GET", path: `/accounts/${id}/caps`, signal });

export const setCap = (id: string, body: (typeof newCap)["_zod"]["input"]) =>
  callAdmin<{ answer: typeof capList; body: typeof newCap }>({
    method: "POST",
    path: `/accounts/${id}/caps`,
    body,
  });

export const getMargin = (query: (typeof marginQuery)["_zod"]["input"], signal: AbortSignal) =>
  callAdmin<{ answer: typeof marginReport; query: typeof marginQuery }>({
    method: "GET",
    path: "/reports/margin",
    query,
    signal,
  });

export const listProjects = (accountId: string, signal: AbortSignal) =>
  callAdmin<{
    answer: { _zod: { output: { items: Project[] }; input: unknown } };
    query: { _zod: { output: unknown; input: { accountId: string } } };
  }>({ method: "GET", path: "/projects", query: { accountId }, signal });

export const createProject = (accountId: string, body: (typeof newProject)["_zod"]["input"]) =>
  callAdmin<{ answer: typeof project; body: typeof newProject }>({
    method: "POST",
    path: `/accounts/${accountId}/projects`,
    body,
  });

export const changeProject = (id: string, body: (typeof projectUpdate)["_zod"]["input"]) =>
  callAdmin<{ answer: typeof project; body: typeof projectUpdate }>({
    method: "PATCH",
    path: `/projects/${id}`,
    body,
  });

export const createChannel = (accountId: string, body: NewChannel) =>
  callAdmin<{ answer: typeof createdChannel; body: typeof newChannel }>({
    method: "POST",
    path: `/accounts/${accountId}/channels`,
    body,
  });
