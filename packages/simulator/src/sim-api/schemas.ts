import { z } from "zod";

const rate = z.number().min(0).max(1);
const delayMs = z.number().int().min(0).max(600_000);
const mobile = z
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

/** `POST /sim/inbound`: exactly one of `text`, `button` (a label or an id), `media`, `location`. */
export const inboundSchema = z
  .strictObject({
    from: mobile,
    to: mobile,
    text: z.string().min(1).max(4_096).optional(),
    button: z.string().min(1).max(256).optional(),
    media: z
      .strictObject({
        kind: z.enum(["image", "video", "audio", "document", "sticker"]),
        mime: z.string().min(3).max(200),
        name: z.string().min(1).max(240).optional(),
        base64: z.base64().min(1),
        caption: z.string().max(1_024).optional(),
      })
      .optional(),
    location: z
      .strictObject({
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
        name: z.string().min(1).max(1_000).optional(),
        address: z.string().min(1).max(1_000).optional(),
      })
      .optional(),
    replyTo: z.string().max(300).nullish(),
  })
  .refine(
    ({ text, button, media, location }) =>
      [text, button, media, location].filter((one) => one !== undefined).length === 1,
    { message: "exactly one of text, button, media and location", path: ["text"] },
  );

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

/** `POST /sim/templates/<id>`; the status in any case. */
export const decisionSchema = z.strictObject({
  status: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(
      z.enum(["APPROVED", "REJECTED", "PENDING", "PAUSED", "DISABLED", "IN_APPEAL", "FLAGGED"]),
    ),
  rejectedReason: z.string().min(1).max(200).optional(),
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
