import { z } from "zod";
import { priceCategory, TOKEN_SCOPES } from "../admin-api.ts";
import { id, moment, momentOrNull, money, text } from "../admin-fields.ts";
import { amount, pageOf, pageQuery } from "../v1/fields.ts";

/* What the account has: tokens, projects, and what was changed by whom. */

/** A token without its secret. */
export const token = z.object({
  id,
  kind: z.enum(["ws", "api", "admin"]),
  label: z.string(),
  hint: z.string(),
  scopes: z.array(z.string()),
  /** Confines it to one project; null: all of the account. */
  project_id: id.nullable(),
  user_id: id.nullable(),
  created_at: z.string(),
  expires_at: momentOrNull,
  revoked_at: momentOrNull,
});
export const tokenPage = pageOf(token);

/** A `ws` token goes with the login of whoever makes it; an `api` token has at most the scopes of whoever makes it. */
export const newToken = z.strictObject({
  kind: z.enum(["ws", "api"]),
  label: text(200),
  scopes: z.array(z.enum(TOKEN_SCOPES)).max(TOKEN_SCOPES.length).optional(),
  project_id: id.optional(),
  expires_at: moment.optional(),
});
/** `token` is the only copy there will ever be; `login` goes with it where it is a `ws` token. */
export const createdToken = z.object({
  token: z.string(),
  login: z.string().nullable(),
  row: token,
});

/** A project. Times in seconds. */
export const project = z.object({
  id,
  kind: z.enum(["multiagente", "designer"]),
  name: z.string(),
  state: z.enum(["active", "inactive"]),
  time_zone: z.string(),
  channel_id: id.nullable(),
  fallback_channel_id: id.nullable(),
  marketing_max: z.number(),
  marketing_window_s: z.number(),
  category_guard_limit: z.number(),
  deadline_s: z.record(z.string(), z.number()),
  created_at: z.string(),
});
export const projectPage = pageOf(project);
export const projectChange = z.strictObject({
  name: text(200).optional(),
  time_zone: text(64).optional(),
  marketing_max: z.number().int().optional(),
  marketing_window_s: z.number().int().optional(),
  category_guard_limit: z.number().int().optional(),
  deadline_s: z.partialRecord(priceCategory, z.number().int()).optional(),
});

const messagesMax = z.number().int().min(0).max(1_000_000_000).nullable();

/** What a project may send in a day; null: no limit of that kind. */
export const projectCap = z.object({
  /** The account's own, which it may change. */
  messages_max: messagesMax,
  amount_max: amount.nullable(),
  /** What the operator allows: of two limits the smaller counts. */
  operator: z.object({ messages_max: messagesMax, amount_max: amount.nullable() }),
  /** What is used of it today; null without any limit. */
  today: z
    .object({
      messages_used: z.number().int(),
      amount_used: amount,
      time_zone: z.string(),
      frees_at: z.string(),
    })
    .nullable(),
});
/** The account's own limits, whole. */
export const projectCapChange = z.strictObject({
  messages_max: messagesMax,
  amount_max: money.nullable(),
});

/** One change, and how it was answered; status null: nobody knows. */
export const auditEntry = z.object({
  id,
  at: z.string(),
  /** Method and route, such as `PATCH /console/api/people/:id`. */
  action: z.string(),
  target_id: z.string().nullable(),
  user_id: id.nullable(),
  login: z.string().nullable(),
  /** Of the token that was used; null: it was done in the console. */
  token_label: z.string().nullable(),
  address: z.string(),
  status: z.number().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  request: z.unknown(),
});
export const auditPage = pageOf(auditEntry);
export const auditQuery = pageQuery.extend({
  /** Its beginning. */
  action: z
    .string()
    .regex(/^[A-Z]{1,7}( [\w/:.-]{0,100})?$/u, "must begin like PATCH /console/api/people")
    .optional(),
  /** Calls of this path and those below it, whatever their method. */
  path: z
    .string()
    .regex(/^\/[\w/:.-]{0,100}$/u, "must be like /console/api/people")
    .optional(),
});
