import type { InboundItem } from "../../domain/inbound.ts";
import type { NumberEvent } from "./change.ts";
import { MESSAGE_READERS } from "./message-readers.ts";
import { readTime } from "./receive-time.ts";
import { unsupported } from "./receive-unsupported.ts";
import { type JsonRecord, recordOf, textOf } from "./untrusted-json.ts";

/** Types that tell of a message or a person but are no message themselves. */
export const NOTICE_TYPES: ReadonlySet<string> = new Set(["system", "revoke"]);

/** Reads one element of `messages[]` (fact sheet §3.4). */
export function readMessage(value: unknown, event: NumberEvent): InboundItem {
  const message = recordOf(value);
  const type = textOf(message?.type);
  if (message === null || type === null) return unsupported("message without type");
  if (NOTICE_TYPES.has(type)) return readNotice(message, type, event);
  const read = Object.hasOwn(MESSAGE_READERS, type) ? MESSAGE_READERS[type] : undefined;
  if (read === undefined) return unsupported(`message type ${type}`);
  // Groups are not served: an answer would go to the person alone.
  if (message.group_id !== undefined) return unsupported("group message");
  const providerMessageId = textOf(message.id);
  const at = readTime(message.timestamp);
  if (providerMessageId === null || at === null) return unsupported("message without id or time");
  const content = read(message[type]);
  if (content === null) return unsupported(`message of type ${type} without its content`);
  const contact = findContact(message, event.contacts);
  return {
    kind: "message",
    numberId: event.numberId,
    providerMessageId,
    from: digitsOf(message.from) ?? digitsOf(contact?.wa_id),
    userId: textOf(message.from_user_id) ?? textOf(contact?.user_id),
    profileName: textOf(recordOf(contact?.profile)?.name),
    at,
    type,
    text: content.text,
    media: content.media ?? null,
    replyTo: content.target ?? textOf(recordOf(message.context)?.id),
  };
}

function readNotice(message: JsonRecord, type: string, event: NumberEvent): InboundItem {
  const kind = textOf(recordOf(message[type])?.type);
  const what = (kind === null ? type : `${type} ${kind}`).slice(0, 100);
  return { kind: "notice", businessId: event.businessId, numberId: event.numberId, what };
}

/** The person's card: by telephone, by business-scoped id, or the only one there is. */
function findContact(message: JsonRecord, contacts: JsonRecord[]): JsonRecord | undefined {
  const from = textOf(message.from);
  const userId = textOf(message.from_user_id);
  return (
    contacts.find((contact) => from !== null && textOf(contact.wa_id) === from) ??
    contacts.find((contact) => userId !== null && textOf(contact.user_id) === userId) ??
    (contacts.length === 1 ? contacts[0] : undefined)
  );
}

/** Digits of a telephone, of 5 to 20; null when it is none (a group, a hidden number). */
function digitsOf(value: unknown): string | null {
  const digits = textOf(value)?.replace(/[^\d]/gu, "") ?? "";
  return digits.length >= 5 && digits.length <= 20 ? digits : null;
}
