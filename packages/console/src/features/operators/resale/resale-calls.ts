import type {
  allocation,
  customer,
  reseller,
  resellerQuery,
  settlementQuery,
  settlementReport,
} from "@recado/contract/admin-resale-api";
import { callAdmin } from "../../../api/call.ts";
import { listAdmin } from "../list-admin.ts";

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

export const listResellers = (days: Days, cursor: string | undefined, signal: AbortSignal) =>
  listAdmin<Reseller, typeof resellerQuery>(
    "/resellers",
    { ...days, cursor, limit: ROWS_MAX },
    signal,
  );

export const listCustomers = (
  resellerId: string,
  cursor: string | undefined,
  signal: AbortSignal,
) => listAdmin<Customer>(`/accounts/${resellerId}/customers`, { cursor, limit: ROWS_MAX }, signal);

export const listAllocations = (
  resellerId: string,
  cursor: string | undefined,
  signal: AbortSignal,
) => listAdmin<Allocation>(`/accounts/${resellerId}/allocations`, { cursor }, signal);

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
