import { z } from "zod";
import { id, moment, momentOrNull, money, pageQuery, text } from "./admin-fields.ts";

/**
 * The administration API (`/admin/…`, an administrator's token): what the command line speaks. The
 * server validates with these schemas and answers by them; amounts are decimal strings in the
 * account's currency with at most four decimals, moments are ISO 8601 in UTC.
 *
 * This file: who there is. `admin-activity-api.ts`: what happens. `admin-fields.ts`: what both are made of.
 */

/** What an api token can be allowed to do. */
export const TOKEN_SCOPES = [
  "messages:write",
  "messages:read",
  "templates:read",
  "templates:write",
  "wallet:read",
  "wallet:write",
  "contacts:read",
  "contacts:write",
  "webhooks:read",
  "webhooks:write",
  "events:read",
  "media:write",
  "contacts:export",
  "contacts:erase",
  "conversations:read",
  "conversations:write",
] as const;

/** One of {@link TOKEN_SCOPES}. */
export type TokenScope = (typeof TOKEN_SCOPES)[number];

const accountState = z.enum(["active", "disabled"]);
const projectState = z.enum(["active", "inactive"]);
const role = z.enum(["owner", "administrator", "supervisor", "agent", "developer", "read-only"]);
const category = z.enum(["marketing", "utility", "authentication"]);
/** What a price is for; `service` is the category of free-form messages. */
export const priceCategory = z.enum(["marketing", "utility", "authentication", "service"]);
const templateStatus = z.enum(["approved", "pending", "rejected", "paused", "disabled"]);

/** An account. */
export const account = z.object({
  id,
  parentId: id.nullable(),
  name: z.string(),
  state: accountState,
  currency: z.string(),
  countries: z.array(z.string()),
  priceBookId: id.nullable(),
  timeZone: z.string(),
  createdAt: z.string(),
});
export const newAccount = z.strictObject({
  name: text(200),
  currency: text(3).optional(),
  countries: z.array(text(2)).max(300).optional(),
  priceBookId: id.optional(),
  parentId: id.optional(),
  timeZone: text(64).optional(),
});
export const accountUpdate = z.strictObject({
  name: text(200).optional(),
  state: accountState.optional(),
  countries: z.array(text(2)).max(300).optional(),
  priceBookId: id.optional(),
  timeZone: text(64).optional(),
});

/** A person of an account. */
export const user = z.object({
  id,
  accountId: id,
  login: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role,
  state: accountState,
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  /** Administers the whole platform in the console. */
  operator: z.boolean(),
  createdAt: z.string(),
});
export const newUser = z.strictObject({
  login: text(128),
  name: text(200).optional(),
  email: z.email().max(254).optional(),
  role: role.optional(),
  password: text(512).optional(),
});
export const userUpdate = z.strictObject({
  name: text(200).optional(),
  role: role.optional(),
  state: accountState.optional(),
  password: text(512).optional(),
  email: z.email().max(254).nullable().optional(),
  /** For an administrator of the platform alone to give and take. */
  operator: z.boolean().optional(),
});
/** The only copy of the link that there will ever be: it lets its person choose a password, once. */
export const userLink = z.object({
  secretLink: z.string(),
  expiresAt: z.string(),
});

/** A token without its secret. */
export const token = z.object({
  id,
  kind: z.enum(["ws", "api", "admin"]),
  accountId: id.nullable(),
  userId: id.nullable(),
  projectId: id.nullable(),
  scopes: z.array(z.string()),
  label: z.string(),
  hint: z.string(),
  createdAt: z.string(),
  expiresAt: momentOrNull,
  revokedAt: momentOrNull,
});
/** `token` is the only copy there will ever be. */
export const createdToken = z.object({ token: z.string(), row: token });
export const newToken = z.strictObject({
  kind: z.enum(["ws", "api", "admin"]),
  accountId: id.optional(),
  /** The user that it goes with, by id or by login; a ws token needs one. */
  userId: id.optional(),
  login: text(128).optional(),
  projectId: id.optional(),
  scopes: z.array(z.enum(TOKEN_SCOPES)).max(TOKEN_SCOPES.length).optional(),
  label: text(200).optional(),
  expiresAt: moment.optional(),
});
export const tokenQuery = pageQuery.extend({ accountId: id.optional() });

/** A project. Times in seconds. */
export const project = z.object({
  id,
  accountId: id,
  kind: z.enum(["multiagente", "designer"]),
  name: z.string(),
  state: projectState,
  timeZone: z.string(),
  channelId: id.nullable(),
  fallbackChannelId: id.nullable(),
  marketingMax: z.number(),
  marketingWindowS: z.number(),
  /** Messages of a template after its category became dearer, until somebody decides. */
  categoryGuardLimit: z.number(),
  deadlineS: z.record(z.string(), z.number()),
  createdAt: z.string(),
});
const deadlines = z.partialRecord(priceCategory, z.number().int());
export const projectUpdate = z.strictObject({
  name: text(200).optional(),
  state: projectState.optional(),
  timeZone: text(64).optional(),
  channelId: id.optional(),
  fallbackChannelId: id.nullable().optional(),
  marketingMax: z.number().int().optional(),
  marketingWindowS: z.number().int().optional(),
  categoryGuardLimit: z.number().int().optional(),
  deadlineS: deadlines.optional(),
});
export const newProject = projectUpdate.extend({
  name: text(200),
  kind: z.enum(["multiagente", "designer"]).optional(),
});

/** A list that may be confined to one account. */
export const ofAccountQuery = pageQuery.extend({ accountId: id.optional() });

/** An official number; its credentials are never shown. */
export const channel = z.object({
  id,
  accountId: id,
  provider: z.string(),
  appId: id,
  officialNumber: z.string(),
  numberId: z.string(),
  businessId: z.string(),
  baseUrl: z.string(),
  apiVersion: z.string(),
  ratePerSecond: z.number(),
  state: projectState,
  restUntil: momentOrNull,
  restReason: z.string().nullable(),
  createdAt: z.string(),
});
/**
 * `hookUrl` and `verifyToken` are what the provider's console asks for; the latter is null when the app
 * was there before.
 */
export const createdChannel = z.object({
  channel,
  verifyToken: z.string().nullable(),
  hookUrl: z.string(),
});
export const newChannel = z.strictObject({
  provider: z.enum(["meta-cloud", "gupshup"]).optional(),
  officialNumber: text(15),
  numberId: text(64),
  businessId: text(64),
  baseUrl: text(500).optional(),
  apiVersion: text(10).optional(),
  accessToken: text(4096),
  app: z.union([
    z.strictObject({ id }),
    z.strictObject({
      name: text(200).optional(),
      appSecret: text(4096),
      verifyToken: text(200).optional(),
    }),
  ]),
  ratePerSecond: z.number().int().optional(),
});
export const channelUpdate = z.strictObject({
  accessToken: text(4096).optional(),
  ratePerSecond: z.number().int().optional(),
  state: projectState.optional(),
  baseUrl: text(500).optional(),
  apiVersion: text(10).optional(),
});

const definition = z.strictObject({
  header: z
    .strictObject({
      format: z.enum(["text", "image", "video", "document", "location"]),
      text: z.string().max(60).nullable(),
    })
    .nullable(),
  body: text(1024),
  footer: z.string().max(60).nullable(),
  buttons: z
    .array(
      z.strictObject({
        kind: z.enum(["quick_reply", "url", "phone_number", "copy_code", "otp", "other"]),
        text: z.string().max(200),
        target: z.string().max(2000).nullable(),
      }),
    )
    .max(10),
  parameterFormat: z.enum(["positional", "named"]),
});

/** A template; `number` is the `id_template` of the manual's API. */
export const template = z.object({
  id,
  number: z.number(),
  projectId: id,
  name: z.string(),
  language: z.string(),
  category,
  status: z.enum(["draft", ...templateStatus.options]),
  variables: z.number(),
  header: z.enum(["text", "image", "video", "document", "location"]).nullable(),
  definition,
  providerTemplateId: z.string().nullable(),
  rejectedReason: z.string().nullable(),
  verifiedAt: momentOrNull,
  updatedAt: z.string(),
});

/** Our own file of templates. */
export const templateFile = z.strictObject({
  templates: z
    .array(
      z.strictObject({
        name: text(512),
        language: text(10),
        category,
        status: templateStatus.default("approved"),
        definition,
        providerTemplateId: text(64).nullable().default(null),
        rejectedReason: z.string().max(500).nullable().default(null),
      }),
    )
    .min(1)
    .max(6000),
});

/** Meta's answer to "list message templates", saved as a file; each item is read by the driver. */
export const metaTemplateFile = z.looseObject({ data: z.array(z.unknown()).min(1).max(6000) });

/** What `import-file` takes: either form. */
export const anyTemplateFile = z.union([templateFile, metaTemplateFile]);

/** What an import did, by the templates' names. */
export const importReport = z.object({
  inserted: z.array(z.string()),
  updated: z.array(z.string()),
  disabled: z.array(z.string()),
  skipped: z.array(z.object({ name: z.string(), why: z.string() })),
});

/** A price book. */
export const priceBook = z.object({
  id,
  ownerAccountId: id.nullable(),
  name: z.string(),
  currency: z.string(),
  createdAt: z.string(),
});
export const newPriceBook = z.strictObject({
  name: text(200),
  currency: text(3).optional(),
  ownerAccountId: id.optional(),
});

/** A price; `validTo` null: until further notice. */
export const price = z.object({
  id,
  country: z.string(),
  category: priceCategory,
  amount: z.string(),
  /** Null: not the caller's to know. */
  cost: z.string().nullable(),
  validFrom: z.string(),
  validTo: momentOrNull,
});
export const newPrice = z.strictObject({
  country: text(2),
  category: priceCategory,
  amount: money,
  cost: money.optional(),
  validFrom: moment.optional(),
});
export const pricesOfBook = z.object({ book: priceBook, prices: z.array(price) });
