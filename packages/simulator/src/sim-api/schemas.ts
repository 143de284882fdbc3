import { z } from "zod";

const rate = z.number().min(0).max(1);
const delayMs = z.number().int().min(0).max(600_000);
/** Digits of a telephone; a `+` in front is taken off. */
export const mobile = z
  .string()
  .regex(/^\+?[1-9][0-9]{7,14}$/, "8 to 15 digits, with or without +")
  .transform((text) => text.replace("+", ""));
const id = z.string().regex(/^[0-9]{1,32}$/, "1 to 32 digits");
const webUrl = z
  .url()
  .max(2_000)
  .refine((text) => /^https?:\/\//i.test(text), "http or https");

/** `POST /sim/behaviour`: what is not named stays. */
export const behaviourSchema = z.strictObject({
  latencyMs: delayMs.optional(),
  statusDelayMs: delayMs.optional(),
  failRate: rate.optional(),
  duplicateRate: rate.optional(),
  reorder: z.boolean().optional(),
  httpErrorRate: rate.optional(),
  timeoutRate: rate.optional(),
  webhooks: z.boolean().optional(),
});

/** `POST /sim/read`. */
export const readSchema = z.strictObject({ mobile });

/** `POST /sim/numbers`. */
export const numberSchema = z.strictObject({
  provider: z.literal("meta").optional(),
  id,
  wabaId: id,
  displayNumber: mobile,
  verifiedName: z.string().min(1).max(200),
  accessToken: z.string().min(1).max(1_000),
  appSecret: z.string().min(1).max(1_000),
  verifyToken: z.string().min(1).max(1_000),
  callbackUrl: webUrl,
  throughputPerSecond: z.number().int().min(1).max(100_000).optional(),
});

/** `POST /sim/numbers` with `"provider":"gupshup"`. */
export const gupshupNumberSchema = z
  .strictObject({
    provider: z.literal("gupshup"),
    id: z.uuid(),
    appName: z.string().regex(/^[A-Za-z0-9]{6,64}$/, "6 to 64 letters and digits"),
    wabaId: id,
    displayNumber: mobile,
    verifiedName: z.string().min(1).max(200),
    accessToken: z.string().min(1).max(1_000),
    callbackUrl: webUrl,
    callbackHeaders: z
      .record(
        z.string().regex(/^[A-Za-z0-9-]{1,100}$/, "a header's name"),
        z.string().regex(/^[\x21-\x7e]{1,1000}$/, "visible ASCII"),
      )
      .optional(),
    callbackVersion: z.union([z.literal(2), z.literal(3)]).optional(),
    throughputPerSecond: z.number().int().min(1).max(100_000).optional(),
  })
  .transform((number) => ({ ...number, appSecret: "", verifyToken: "" }));

const upperCase = z.string().transform((text) => text.toUpperCase());

/** `POST /sim/templates/<id>`: one thing at least; words in any case. */
export const decisionSchema = z
  .strictObject({
    status: upperCase
      .pipe(
        z.enum(["APPROVED", "REJECTED", "PENDING", "PAUSED", "DISABLED", "IN_APPEAL", "FLAGGED"]),
      )
      .optional(),
    rejectedReason: z.string().min(1).max(200).optional(),
    category: upperCase.pipe(z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"])).optional(),
    quality: upperCase.pipe(z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"])).optional(),
  })
  .refine(({ status, category, quality }) => status ?? category ?? quality, {
    message: "say status, category or quality",
    path: ["status"],
  });

/** `POST /sim/receiver-secret/<name>`. */
export const secretSchema = z.strictObject({
  secret: z.string().regex(/^(whsec_)?[A-Za-z0-9+/]+={0,2}$/, "whsec_ and base64"),
});

/** `POST /sim/receiver-behaviour/<name>`: for the next `times` deliveries. */
export const receiverBehaviourSchema = z.strictObject({
  status: z.number().int().min(200).max(599).default(200),
  delayMs: delayMs.default(0),
  times: z.number().int().min(0).max(1_000_000).default(1),
});

/** The name of a receiver. */
export const receiverNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,100}$/, "1 to 100 letters, digits, dots, dashes and underscores");

/** `POST /sim/hints`: the command line that the page shows to whoever has sent nothing yet. */
export const hintsSchema = z.strictObject({ curl: z.string().min(1).max(4_000).nullable() });

/** `POST /sim/troubles/<number id>`. */
export const troublesSchema = z.strictObject({
  tokenExpired: z.boolean().optional(),
  tokenExpiresAt: z.iso.datetime().optional(),
  missingPermissions: z
    .array(z.enum(["whatsapp_business_messaging", "whatsapp_business_management"]))
    .optional(),
  status: z.string().min(1).max(40).optional(),
  qualityRating: z.enum(["GREEN", "YELLOW", "RED"]).optional(),
  nameStatus: z.string().min(1).max(40).optional(),
  walletBalance: z.number().optional(),
  subscribedModes: z.array(z.string().min(1).max(40)).max(20).optional(),
});
