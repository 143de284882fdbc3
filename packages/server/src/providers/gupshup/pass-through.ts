import type { InboundItem, ReceiveResult } from "../../domain/inbound.ts";
import { receiveCloudEvent } from "../cloud-wire/receive.ts";
import { type JsonRecord, listOf, recordOf, textOf } from "../cloud-wire/untrusted-json.ts";
import { GUPSHUP_CODES } from "./failures.ts";

/**
 * Reads a callback in Meta's shape (v3, fact sheet §4.10): Gupshup's members are put where Meta's reader looks
 * for its own, then that one reads it. The app's id stands for the number and for the business account,
 * `gs_id` for the message, `gs_template_id` for the template, the ready `url` for a file.
 */
export function receivePassThrough(event: JsonRecord): ReceiveResult {
  const appId = textOf(event.gs_app_id);
  if (appId === null) return { kind: "anomalous", why: "an event of Meta's shape without an app" };
  const whatsappIds = new Map<string, string>();
  const entry = Array.isArray(event.entry)
    ? event.entry.map((one) => moveEntry(one, appId, whatsappIds))
    : event.entry;
  const result = receiveCloudEvent({ ...event, entry });
  if (result.kind === "anomalous") return result;
  return { kind: "items", items: result.items.map((item) => mend(item, whatsappIds)) };
}

type WhatsappIds = Map<string, string>;

function moveEntry(value: unknown, appId: string, ids: WhatsappIds): unknown {
  const entry = recordOf(value);
  if (entry === null || !Array.isArray(entry.changes)) return value;
  return {
    ...entry,
    id: appId,
    changes: entry.changes.map((item) => {
      const change = recordOf(item);
      const inner = recordOf(change?.value);
      return inner === null ? item : { ...change, value: moveValue(inner, appId, ids) };
    }),
  };
}

function moveValue(value: JsonRecord, appId: string, ids: WhatsappIds): JsonRecord {
  const templateId = textOf(value.gs_template_id);
  return {
    ...value,
    metadata: { ...recordOf(value.metadata), phone_number_id: appId },
    ...(templateId === null ? {} : { message_template_id: templateId }),
    ...(value.messages === undefined ? {} : { messages: listOf(value.messages).map(moveMessage) }),
    ...(value.statuses === undefined
      ? {}
      : { statuses: listOf(value.statuses).map((status) => moveStatus(status, ids)) }),
  };
}

/** Some copies put `code` and `reason` on the status itself. */
function moveStatus(value: unknown, ids: WhatsappIds): unknown {
  const status = recordOf(value);
  if (status === null) return value;
  const gsId = textOf(status.gs_id);
  const id = textOf(status.id);
  if (gsId !== null && id !== null && gsId !== id) ids.set(gsId, id);
  const bare = status.errors === undefined && status.code !== undefined;
  const errors = bare ? { errors: [{ code: status.code, title: status.reason }] } : {};
  return { ...status, id: gsId ?? id, ...errors };
}

function moveMessage(value: unknown): unknown {
  const message = recordOf(value);
  if (message === null) return value;
  const context = recordOf(message.context);
  const quoted = textOf(context?.gs_id);
  const type = textOf(message.type) ?? "";
  const inner = Object.hasOwn(message, type) ? recordOf(message[type]) : null;
  const url = textOf(inner?.url);
  const isFile = url !== null && inner?.mime_type !== undefined;
  return {
    ...message,
    ...(quoted === null ? {} : { context: { ...context, id: quoted } }),
    ...(isFile ? { [type]: { ...inner, id: url } } : {}),
  };
}

function mend(item: InboundItem, ids: WhatsappIds): InboundItem {
  if (item.kind !== "status") return item;
  const whatsappId = ids.get(item.providerMessageId);
  const { failure } = item;
  const blame = GUPSHUP_CODES.get(Number(failure?.providerCode ?? Number.NaN));
  return {
    ...item,
    // A failure is told without it, and the two ways to fail differ in whether there is one.
    ...(whatsappId === undefined || item.status === "failed" ? {} : { whatsappId }),
    failure: failure === null || blame === undefined ? failure : { ...failure, blame },
  };
}
