import * as api from "@recado/contract/admin-api";
import * as fields from "@recado/contract/admin-fields";
import { accessPriceBook, accessPrices } from "../../accounts/access.ts";
import { browsePriceBooks, readPrices } from "../../accounts/browse.ts";
import { createPriceBook, setPrice } from "../../accounts/prices.ts";
import { AppError } from "../../platform/app-error.ts";
import { type AdminApp, type AdminDeps, callerOf, resellerOf } from "./admin-deps.ts";
import { formatPrice, formatPriceBook } from "./format-rows.ts";
import { readAmount } from "./read-amount.ts";

/** Price books and their prices. */
export function addPriceRoutes(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/price-books",
    { schema: { body: api.newPriceBook, response: { 201: api.priceBook } } },
    async (request, reply) => {
      const resellerId = resellerOf(request);
      const { ownerAccountId = resellerId ?? undefined } = request.body;
      if (resellerId !== null && ownerAccountId !== resellerId) {
        throw new AppError("not_found", "There is no such account.");
      }
      const book = await createPriceBook(deps, { ...request.body, ownerAccountId });
      return reply.code(201).send(formatPriceBook(book));
    },
  );
  app.get(
    "/price-books",
    { schema: { querystring: fields.pageQuery, response: { 200: fields.pageOf(api.priceBook) } } },
    async (request) => {
      const page = await browsePriceBooks(deps.pool, resellerOf(request), request.query);
      return { ...page, items: page.items.map(formatPriceBook) };
    },
  );
  app.get(
    "/price-books/:id",
    { schema: { params: fields.idParams, response: { 200: api.pricesOfBook } } },
    async (request) => {
      const { book, showsCost } = await accessPrices(
        deps.pool,
        callerOf(request),
        request.params.id,
      );
      const prices = await readPrices(deps.pool, book);
      return {
        book: formatPriceBook(book),
        prices: prices.map((price) => formatPrice(price, showsCost)),
      };
    },
  );
  app.post(
    "/price-books/:id/prices",
    { schema: { params: fields.idParams, body: api.newPrice, response: { 201: api.price } } },
    async (request, reply) => {
      const book = await accessPriceBook(deps.pool, callerOf(request), request.params.id);
      const { country, category, amount, cost = "0", validFrom } = request.body;
      const price = await setPrice(deps, {
        priceBookId: book.id,
        country,
        category,
        amount: readAmount("amount", amount),
        cost: readAmount("cost", cost),
        validFrom: validFrom === undefined ? undefined : new Date(validFrom),
        resellerId: resellerOf(request) ?? undefined,
      });
      return reply.code(201).send(formatPrice(price));
    },
  );
}
