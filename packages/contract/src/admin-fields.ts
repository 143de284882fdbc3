import { z } from "zod";

/* What the schemas of the administration API are made of. */

/** Most rows on one page of a list. */
export const PAGE_ROWS_MAX = 500;

/** Why money moves; `packages/server/src/domain/ledger.ts` says from where to where. */
export const TRANSFER_KINDS = [
  "topup",
  "adjustment",
  "charge",
  "refund",
  "refund-reversal",
  "allocation",
  "resale",
  "wholesale",
] as const;

/** A UUID in its usual lower-case form. */
export const id = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u, "is not an id");
/** A moment that a caller gives. */
export const moment = z.iso.datetime({ offset: true, error: "must be like 2026-11-22T15:00:00Z" });
/** A moment that we give, or none. */
export const momentOrNull = z.string().nullable();
/** A text that is not empty. */
export const text = (max: number) => z.string().min(1).max(max);
/** An amount that a caller gives, never negative. */
export const money = z
  .string()
  .regex(
    /^[0-9]{1,12}(\.[0-9]{1,4})?$/u,
    "must be an amount such as 125.50, at most four decimals",
  );

/** `:id` in an address. */
export const idParams = z.strictObject({ id });

/** `limit` and `cursor` of every list. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
  cursor: z.string().max(500).optional(),
});

/** A list's answer; `nextCursor` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
