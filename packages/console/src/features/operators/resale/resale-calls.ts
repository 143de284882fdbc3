import type { pageQuery } from "@recado/contract/admin-fields";
import type {
  allocation,
  customer,
  reseller,
  resellerQuery,
  settlementQuery,
  settlementReport,
} from "@recado/contract/admin-resale-api";
import { callAdmin } from "../../../api/call.ts";

/** A reseller with its wallet and what was settled with it, as `/admin` shows it. */
export type Reseller = (typeof reseller)["_zod"]["output"];
/** Who a reseller sells to. */
export type Customer = (typeof customer)["_zod"]["output"];
/** Money that a reseller handed on. */
export type Allocation = (typeof allocation)["_zod"]["output"];
/** What was settled on some days. */
export type SettlementReport = (typeof settlementReport)["_zod"]["output"];

/** UTC days, both included. */
export interface Days {
  from: string;
  to: string;
}

/** As many as one call gives: tables can be sorted where they are whole. */
const ROWS_MAX = 500;

interface PageOf<Row> {
  _zod: { output: { items: Row[]; nextCursor: string | null }; input: unknown };
}

async function asPage<Row>(answer: Promise<{ items: Row[]; nextCursor: string | null }>) {
  const { items, nextCursor } = await answer;
  return { items, next_cursor: nextCursor };
}

export const listResellers = (days: Days, cursor: string | undefined, signal: AbortSignal) =>
  asPage(
    callAdmin<{ answer: PageOf<Reseller>; query: typeof resellerQuery }>({
      method: "GET",
      path: "/resellers",
      query: { ...days, cursor, limit: ROWS_MAX },
      signal,
    }),
  );

export const listCustomers = (
  resellerId: string,
  cursor: string | undefined,
  signal: AbortSignal,
) =>
  asPage(
    callAdmin<{ answer: PageOf<Customer>; query: typeof pageQuery }>({
      method: "GET",
      path: `/accounts/${resellerId}/customers`,
      query: { cursor, limit: ROWS_MAX },
      signal,
    }),
  );

export const listAllocations = (
  resellerId: string,
  cursor: string | undefined,
  signal: AbortSignal,
) =>
  asPage(
    callAdmin<{ answer: PageOf<Allocation>; query: typeof pageQuery }>({
      method: "GET",
      path: `/accounts/${resellerId}/allocations`,
      query: { cursor },
      signal,
    }),
  );

export const getSettlements = (
  resellerId: string,
  query: Days & { by: "day" | "month" },
  signal: AbortSignal,
) =>
  callAdmin<{ answer: typeof settlementReport; query: typeof settlementQuery }>({
    method: "GET",
    path: `/accounts/${resellerId}/settlements/report`,
    query,
    signal,
  });
