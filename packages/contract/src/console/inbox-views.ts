import { z } from "zod";
import { id } from "../admin-fields.ts";
import { savedView, viewFilter } from "./inbox.ts";

/** Views that a person may keep, and that an account may have for everybody. */
export const SAVED_VIEWS_MAX = 50;
/** From here on a view's conversations are not counted one by one. */
export const VIEW_COUNT_MAX = 100;

const name = z
  .string()
  .min(1)
  .max(60)
  .refine((value) => value.trim() === value, "must not begin or end with a space")
  .refine((value) => !/\p{Cc}/u.test(value), "must not have control characters");

export const viewBody = z.strictObject({
  name,
  filter: viewFilter,
  shared: z.boolean().default(false).describe("Everybody's: needs inbox.configure."),
});
export const viewChange = z.strictObject({
  name: name.optional(),
  filter: viewFilter.optional(),
});
export const viewOrderBody = z.strictObject({
  shared: z.boolean().describe("Of everybody's views (needs inbox.configure), or of mine."),
  ids: z.array(id).max(SAVED_VIEWS_MAX).describe("All of them, in their new order."),
});
export const savedViews = z.object({
  items: z.array(savedView).describe("Everybody's first, then mine, each in their order."),
});
export const viewCounts = z.object({
  counts: z
    .record(z.string(), z.number().int())
    .describe(`By view; ${VIEW_COUNT_MAX} stands for that many or more.`),
});
