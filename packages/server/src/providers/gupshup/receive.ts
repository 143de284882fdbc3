import type { InboundItem, ReceiveResult } from "../../domain/inbound.ts";
import { boundRecord } from "../cloud-wire/bound-json.ts";
import { digitsOf } from "../cloud-wire/receive-phone.ts";
import { readTime } from "../cloud-wire/receive-time.ts";
import { unsupported } from "../cloud-wire/receive-unsupported.ts";
import { type JsonRecord, parseJson, recordOf, textOf } from "../cloud-wire/untrusted-json.ts";
import type { AppEvent } from "./app-event.ts";
import { receivePassThrough } from "./pass-through.ts";
import { readMessage } from "./receive-message.ts";
import { readMessageEvent } from "./receive-message-event.ts";
import { readTemplateEvent } from "./receive-template-event.ts";

/** Callbacks that say something about the account or a person's wishes: kept and named (fact sheet §4.5 to §4.8). */
export const NOTICE_EVENTS: ReadonlySet<string> = new Set([
  "account-event",
  "billing-event",
  "onboarding-event",
  "preference-event",
  "system-event",
  "user-event",
]);

/** Of those, the ones that the operator should see; the others come with every message, or concern a person. */
const TOLD_EVENTS: readonly string[] = ["account-event", "onboarding-event", "system-event"];

type EventReader = (event: AppEvent) => InboundItem;

const READERS: Readonly<Record<string, EventReader>> = {
  message: readMessage,
  "message-event": readMessageEvent,
  "template-event": readTemplateEvent,
};

/**
 * Reads what Gupshup posts, in either of its shapes: its own (v2, one event a post) and Meta's (v3). Both
 * may come to one address, some kinds of message as v3 whatever was subscribed (fact sheet §4.9).
 */
export function receiveGupshup(body: Buffer): ReceiveResult {
  const parsed = parseJson(body.toString("utf8"));
  if (parsed === null) return { kind: "anomalous", why: "the body is not JSON" };
  const record = recordOf(parsed.value);
  if (record === null) return { kind: "anomalous", why: "the body is not an object" };
  if (record.object !== undefined || record.entry !== undefined) return receivePassThrough(record);
  return receiveOwn(record);
}

function receiveOwn(record: JsonRecord): ReceiveResult {
  const app = textOf(record.app);
  const type = textOf(record.type);
  if (app === null || type === null) {
    return { kind: "anomalous", why: "neither an event of Gupshup's app nor of Meta's shape" };
  }
  const payload = recordOf(record.payload);
  if (payload === null) return { kind: "items", items: [unsupported(`${type} without payload`)] };
  const event: AppEvent = { app, type, payload, timestamp: record.timestamp };
  return { kind: "items", items: [readEvent(event)] };
}

function readEvent(event: AppEvent): InboundItem {
  const { type, app, payload } = event;
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (read !== undefined) return read(event);
  if (!NOTICE_EVENTS.has(type)) return unsupported(`event ${type}`);
  const kind = textOf(payload.type);
  const what = (kind === null ? type : `${type} ${kind}`).slice(0, 100);
  const notice: InboundItem = { kind: "notice", businessId: app, numberId: app, what };
  if (!TOLD_EVENTS.includes(type)) return notice;
  const at = readTime(event.timestamp);
  const officialNumber = digitsOf(payload.phone);
  return { ...notice, said: { at, officialNumber, data: boundRecord(payload) } };
}
