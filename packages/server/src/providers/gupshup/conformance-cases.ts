import { recordOf } from "../cloud-wire/untrusted-json.ts";
import type { ConformanceCases } from "../conformance-cases.ts";
import { acceptance, replyCases } from "./conformance-replies.ts";
import { sendCases } from "./conformance-sends.ts";
import { gupshup } from "./gupshup.ts";
import { SECRET_HEADER } from "./verify.ts";

const APP_ID = "5b1c7a30-2f44-4d0e-9c31-7f2a6e0d91aa";

/** What Gupshup's driver claims, for `conformance.test.ts`. */
export const gupshupCases: ConformanceCases = {
  provider: gupshup,
  folder: new URL(".", import.meta.url),
  sign: (_body, secrets) => ({ [SECRET_HEADER]: secrets.appSecret }),
  signsBody: false,
  join: joinBodies,
  besides: (value) => ({
    object: "whatsapp_business_account",
    gs_app_id: APP_ID,
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
              metadata: value,
              contacts: value,
              messages: [value, { type: "image", image: value, context: value }],
              statuses: [
                value,
                { id: "wamid.A", gs_id: value, status: "read", timestamp: "1790416830" },
              ],
            },
          },
        ],
      },
    ],
  }),
  foreign: [
    null,
    [],
    "x",
    1,
    {},
    { type: "message", payload: {} },
    { app: "TiendaDemo", payload: {} },
    { object: "whatsapp_business_account", entry: [] },
    { object: "page", gs_app_id: APP_ID, entry: [] },
    { gs_app_id: APP_ID, entry: {} },
  ],
  readSent: ({ path, body }) => ({
    path,
    ...Object.fromEntries(
      [...new URLSearchParams(body)].map(([name, value]) => [
        name,
        value.startsWith("{") ? JSON.parse(value) : value,
      ]),
    ),
  }),
  sendsOpaque: false,
  sends: sendCases,
  replies: replyCases,
  acceptance,
};

/** Gupshup's own shape holds one event; Meta's holds many. */
function joinBodies(bodies: readonly unknown[]): unknown[] {
  const own = bodies.filter((body) => recordOf(body)?.entry === undefined);
  const passed = bodies.filter((body) => recordOf(body)?.entry !== undefined);
  const entry = passed.flatMap((body) => recordOf(body)?.entry);
  return [...own, { object: "whatsapp_business_account", gs_app_id: APP_ID, entry }];
}
