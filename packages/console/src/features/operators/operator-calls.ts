import type {
  balance,
  doctorReport,
  newTopup,
  topupResult,
} from "@recado/contract/admin-activity-api";
import type {
  account,
  accountUpdate,
  channel,
  newAccount,
  newPrice,
  price,
  priceBook,
  pricesOfBook,
} from "@recado/contract/admin-api";
import type { channelReport } from "@recado/contract/admin-doctor-api";
import { callAdmin } from "../../api/call.ts";

/** An account, a number, a price and what the doctor found, as `/admin` shows them. */
export type Account = (typeof account)["_zod"]["output"];
/** See {@link Account}. */
export type Channel = (typeof channel)["_zod"]["output"];
/** See {@link Account}. */
export type Price = (typeof price)["_zod"]["output"];
/** See {@link Account}. */
export type PriceBook = (typeof priceBook)["_zod"]["output"];

/** `/admin` names a list's cursor otherwise than `/v1`. */
async function asPage<Row>(list: Promise<{ items: Row[]; nextCursor: string | null }>) {
  const { items, nextCursor } = await list;
  return { items, next_cursor: nextCursor };
}

interface ListOf<Row> {
  answer: { _zod: { output: { items: Row[]; nextCursor: string | null }; input: unknown } };
  query: { _zod: { output: unknown; input: { cursor?: string | undefined } } };
}

const list = <Row>(path: string, cursor: string | undefined, signal: AbortSignal) =>
  asPage(callAdmin<ListOf<Row>>({ method: "GET", path, query: { cursor }, signal }));

export const listAccounts = (cursor: string | undefined, signal: AbortSignal) =>
  list<Account>("/accounts", cursor, signal);

export const listChannels = (cursor: string | undefined, signal: AbortSignal) =>
  list<Channel>("/channels", cursor, signal);

export const listPriceBooks = (cursor: string | undefined, signal: AbortSignal) =>
  list<PriceBook>("/price-books", cursor, signal);

export const getAccount = (id: string, signal: AbortSignal) =>
  callAdmin<{ answer: typeof account }>({ method: "GET", path: `/accounts/${id}`, signal });

export const createAccount = (name: string) =>
  callAdmin<{ answer: typeof account; body: typeof newAccount }>({
    method: "POST",
    path: "/accounts",
    body: { name },
  });

export const changeState = (id: string, state: Account["state"]) =>
  callAdmin<{ answer: typeof account; body: typeof accountUpdate }>({
    method: "PATCH",
    path: `/accounts/${id}`,
    body: { state },
  });

export const getBalance = (id: string, signal: AbortSignal) =>
  callAdmin<{ answer: typeof balance }>({ method: "GET", path: `/accounts/${id}/balance`, signal });

export const topUp = (id: string, body: { reference: string; amount: string }) =>
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
