import * as business from "./business.ts";
import type { ConsoleOperation } from "./operation.ts";

/** What the account works with. */
export const BUSINESS_OPERATIONS = {
  listNumbers: {
    id: "listNumbers",
    method: "GET",
    path: "/numbers",
    summary: "The account's official numbers with their health.",
    permission: "session",
    answer: { status: 200, schema: business.numberList },
  },
  listOwnPrices: {
    id: "listOwnPrices",
    method: "GET",
    path: "/prices",
    summary: "What messages cost the account now, by country and category.",
    permission: "wallet.read",
    answer: { status: 200, schema: business.ownPrices },
  },
} as const satisfies Record<string, ConsoleOperation>;
