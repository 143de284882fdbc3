import { createHmac } from "node:crypto";
import { recordOf } from "../cloud-wire/untrusted-json.ts";
import type { ConformanceCases } from "../conformance-cases.ts";
import { acceptance, replyCases } from "./conformance-replies.ts";
import { sendCases } from "./conformance-sends.ts";
import { metaCloud } from "./meta-cloud.ts";

const METADATA = { display_phone_number: "573009998877", phone_number_id: "106540352242922" };

/** What the Cloud API's driver claims, for `conformance.test.ts`. */
export const metaCloudCases: ConformanceCases = {
  provider: metaCloud,
  folder: new URL(".", import.meta.url),
  sign: (body, secrets) => ({
    "x-hub-signature-256": `sha256=${createHmac("sha256", secrets.appSecret).update(body).digest("hex")}`,
  }),
  signsBody: true,
  join: (bodies) => [
    {
      object: "whatsapp_business_account",
      entry: bodies.flatMap((body) => recordOf(body)?.entry),
    },
  ],
  besides: (value) => ({
    object: "whatsapp_business_account",
    entry: [
      value,
      { id: "1", changes: value },
      { id: "1", changes: [value, { field: "messages", value }] },
      {
        id: "1",
        changes: [
          {
            field: "messages",
            value: {
              metadata: METADATA,
              contacts: value,
              messages: [value],
              statuses: [
                value,
                { id: "wamid.A", status: "read", timestamp: "1790416830", pricing: value },
              ],
            },
          },
        ],
      },
    ],
  }),
  foreign: [null, [], "x", 1, {}, { object: "page", entry: [] }, { entry: [] }],
  readSent: ({ body }) => JSON.parse(body),
  sendsOpaque: true,
  sends: sendCases,
  replies: replyCases,
  acceptance,
};
