import { z } from "zod";
import { mobile } from "./schemas.ts";

const line = z.string().min(1).max(1_000);

/** What may be done: one of these a request. */
const deeds = {
  text: z.string().min(1).max(4_096),
  button: z.string().min(1).max(256),
  media: z.strictObject({
    kind: z.enum(["image", "video", "audio", "document", "sticker"]),
    mime: z.string().min(3).max(200),
    name: z.string().min(1).max(240).optional(),
    base64: z.base64().min(1),
    caption: z.string().max(1_024).optional(),
  }),
  location: z.strictObject({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: line.optional(),
    address: line.optional(),
  }),
  contact: z.strictObject({
    name: line,
    phones: z.array(line).max(10).default([]),
    organization: line.optional(),
  }),
  order: z.strictObject({
    catalogId: line.default("194000000000001"),
    note: line.optional(),
    items: z
      .array(
        z.strictObject({
          productId: line,
          quantity: z.number().int().min(1).max(1_000_000).default(1),
          price: z.number().min(0).default(0),
          currency: z.string().length(3).default("COP"),
        }),
      )
      .min(1)
      .max(100),
  }),
  /** An emoji on the bubble of `replyTo`; "" takes it back. */
  reaction: z.string().max(64),
  /** New words of the person's own bubble `replyTo`. */
  edit: z.string().min(1).max(4_096),
  /** Takes the person's own bubble `replyTo` back. */
  delete: z.literal(true),
  /** The person has this number from now on. */
  newNumber: mobile,
};

type Deed = keyof typeof deeds;
const DEEDS = Object.keys(deeds) as Deed[];
const ABOUT_ANOTHER: readonly Deed[] = ["reaction", "edit", "delete"];

/** `POST /sim/inbound`: exactly one deed. */
export const inboundSchema = z
  .strictObject({
    from: mobile,
    to: mobile,
    ...z.object(deeds).partial().shape,
    replyTo: z.string().max(300).nullish(),
    /** The person hides the number. */
    hidden: z.boolean().default(false),
  })
  .refine((body) => DEEDS.filter((deed) => body[deed] !== undefined).length === 1, {
    message: `exactly one of ${DEEDS.join(", ")}`,
    path: ["text"],
  })
  .refine((body) => !ABOUT_ANOTHER.some((deed) => body[deed] !== undefined) || body.replyTo, {
    message: "the message that it is about",
    path: ["replyTo"],
  });

/** A request to `POST /sim/inbound`. */
export type InboundRequest = z.infer<typeof inboundSchema>;
