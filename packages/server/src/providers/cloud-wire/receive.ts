import type { InboundItem, ReceiveResult } from "../../domain/inbound.ts";
import type { Change } from "./change.ts";
import { readAccountChange } from "./receive-account.ts";
import { readMessagesChange } from "./receive-messages.ts";
import { readPreferencesChange } from "./receive-preferences.ts";
import { readTemplateChange } from "./receive-template.ts";
import { readTime } from "./receive-time.ts";
import { unsupported } from "./receive-unsupported.ts";
import { listOf, parseJson, recordOf, textOf } from "./untrusted-json.ts";

/**
 * Reads what Meta posts (fact sheet §3.3): every entry, every change, every message and status, each
 * by itself, so that one that cannot be read takes no other with it. Field and type names that are not
 * known become `unsupported`.
 */
export function receiveCloud(body: Buffer): ReceiveResult {
  const parsed = parseJson(body.toString("utf8"));
  if (parsed === null) return { kind: "anomalous", why: "the body is not JSON" };
  return receiveCloudEvent(parsed.value);
}

/** {@link receiveCloud} for what was read from JSON already. */
export function receiveCloudEvent(event: unknown): ReceiveResult {
  const envelope = recordOf(event);
  if (envelope?.object !== "whatsapp_business_account") {
    return { kind: "anomalous", why: "not an event of a WhatsApp business account" };
  }
  if (!Array.isArray(envelope.entry)) return { kind: "anomalous", why: "the event has no entries" };
  return { kind: "items", items: envelope.entry.flatMap(readEntry) };
}

function readEntry(value: unknown): InboundItem[] {
  const entry = recordOf(value);
  if (entry === null || !Array.isArray(entry.changes))
    return [unsupported("entry without changes")];
  const { time } = entry;
  const around = { businessId: textOf(entry.id), time, at: readTime(time) };
  return listOf(entry.changes).flatMap((change) => readChange(change, around));
}

function readChange(
  item: unknown,
  around: Pick<Change, "businessId" | "time" | "at">,
): InboundItem[] {
  const record = recordOf(item);
  const field = textOf(record?.field);
  const value = recordOf(record?.value);
  if (field === null || value === null) return [unsupported("change without field or value")];
  const change: Change = { ...around, field, value };
  return (
    readMessagesChange(change) ??
    readTemplateChange(change) ??
    readPreferencesChange(change) ??
    readAccountChange(change) ?? [unsupported(`field ${field}`)]
  );
}
