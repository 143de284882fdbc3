import type { InboundItem } from "../../domain/inbound.ts";
import type { MessageHead } from "./message-head.ts";
import { unsupported } from "./receive-unsupported.ts";
import { type JsonRecord, recordOf, textOf } from "./untrusted-json.ts";

/** The new words of a message that was changed (fact sheet §3.4 `edit`); the number's own app only (coexistence). */
export function readEdit(message: JsonRecord, head: MessageHead): InboundItem {
  const edit = recordOf(message.edit);
  const target = textOf(edit?.original_message_id);
  if (target === null) return unsupported("edit without its message");
  const changed = recordOf(edit?.message);
  const type = textOf(changed?.type) ?? "";
  const inner = changed !== null && Object.hasOwn(changed, type) ? recordOf(changed[type]) : null;
  const { numberId, providerMessageId, from, userId, at } = head;
  const text = textOf(inner?.body) ?? textOf(inner?.caption) ?? "";
  return { kind: "edit", numberId, providerMessageId, from, userId, at, target, text };
}

/** A message that was taken back (§3.4 `revoke`). */
export function readDeletion(message: JsonRecord, head: MessageHead): InboundItem {
  const target = textOf(recordOf(message.revoke)?.original_message_id);
  if (target === null) return unsupported("revoke without its message");
  const { numberId, from, userId, at } = head;
  return { kind: "deletion", numberId, from, userId, at, target };
}
