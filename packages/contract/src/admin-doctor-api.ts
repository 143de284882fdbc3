import { z } from "zod";

/* The administration API: one number, looked at from both sides. */

/** One thing that was looked at. `unknown`: it could not be found out, and `detail` says why. */
export const channelFinding = z.object({
  check: z.enum([
    "token",
    "permissions",
    "number",
    "state",
    "subscription",
    "wallet",
    "signature",
    "callback",
  ]),
  state: z.enum(["ok", "wrong", "unknown"]),
  /** Null unless it is wrong. */
  problem: z.string().nullable(),
  detail: z.string(),
  /** What to do, in Spanish and in English; null unless it is wrong. */
  cure: z.object({ es: z.string(), en: z.string() }).nullable(),
});

/** `state` is the worst of all. */
export const channelReport = z.object({
  state: z.enum(["ok", "wrong", "unknown"]),
  channelId: z.string(),
  officialNumber: z.string(),
  provider: z.string(),
  /** Where the provider should post. */
  hookUrl: z.string(),
  findings: z.array(channelFinding),
});
