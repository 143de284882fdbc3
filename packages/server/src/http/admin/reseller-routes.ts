import type { FastifyRequest } from "fastify";
import { AppError } from "../../platform/app-error.ts";

/**
 * What a reseller's administrator may call, for its own account and its customers'. A route that is not here is the
 * operator's alone, so a new one is shut until somebody opens it; whoever does proves by `access.ts` whose row it is. A test
 * attacks each of these with another reseller's token, and takes them from here.
 */
export const RESELLER_ROUTES: ReadonlySet<string> = new Set([
  "POST /accounts",
  "GET /accounts",
  "GET /accounts/:id",
  "PATCH /accounts/:id",
  "POST /accounts/:id/users",
  "GET /accounts/:id/users",
  "PATCH /users/:id",
  "POST /users/:id/link",
  "POST /users/:id/second-factor/reset",
  "POST /tokens",
  "GET /tokens",
  "POST /tokens/:id/revoke",
  "POST /accounts/:id/projects",
  "GET /projects",
  "GET /projects/:id",
  "PATCH /projects/:id",
  "POST /accounts/:id/channels",
  "GET /channels",
  "GET /channels/:id",
  "PATCH /channels/:id",
  "GET /projects/:id/templates",
  "POST /projects/:id/templates/import",
  "POST /price-books",
  "GET /price-books",
  "GET /price-books/:id",
  "POST /price-books/:id/prices",
  "POST /accounts/:id/topups",
  "GET /accounts/:id/balance",
  "GET /accounts/:id/ledger",
  "GET /accounts/:id/statements/:month",
  "GET /accounts/:id/settlements",
  "GET /accounts/:id/settlements/report",
  "GET /resellers",
  "GET /accounts/:id/customers",
  "GET /accounts/:id/allocations",
  "GET /reports/margin",
  "GET /accounts/:id/messages",
  "GET /messages/:id",
  "POST /projects/:id/endpoints",
  "GET /accounts/:id/endpoints",
  "GET /endpoints/:id",
  "POST /endpoints/:id/rotate",
  "POST /endpoints/:id/enable",
  "POST /endpoints/:id/disable",
  "POST /endpoints/:id/replay",
  "POST /endpoints/:id/test",
  "GET /endpoints/:id/deliveries",
  "GET /deliveries/:id",
  "POST /deliveries/:id/replay",
  "GET /accounts/:id/retention",
  "PATCH /accounts/:id/retention",
  "GET /audit",
]);

/** Refuses a reseller what is the operator's alone. */
export function checkResellerRoute(request: FastifyRequest): void {
  const url = request.routeOptions.url ?? "";
  // Every GET route answers HEAD as well.
  const method = request.method === "HEAD" ? "GET" : request.method;
  if (!RESELLER_ROUTES.has(`${method} ${url.replace(/^\/admin/u, "")}`)) {
    throw new AppError("forbidden", "This is the operator's alone.");
  }
}
