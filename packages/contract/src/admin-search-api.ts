import { z } from "zod";
import { id } from "./admin-fields.ts";

/** The index of an account's search is made anew; the old one serves meanwhile. */
export const searchRebuild = z.object({ accountId: id, state: z.literal("building") });
