import type { MessageContent } from "@recado/contract/v1/message-content";
import type { InboundItem } from "../../domain/inbound.ts";
import type { NumberEvent } from "./change.ts";
import type { MessageHead } from "./message-head.ts";
import { MESSAGE_READERS } from "./message-readers.ts";
import { readDeletion, readEdit } from "./read-amendment.ts";
import { readSurroundings } from "./read-surroundings.ts";
import { readSystem } from "./read-system.ts";
import { digitsOf } from "./receive-phone.ts";
import { readTime } from "./receive-time.ts";
import { unsupported } from "./receive-unsupported.ts";
import { type JsonRecord, recordOf, textOf } from "./untrusted-json.ts";

type SpecialReader = (message: JsonRecord, head: MessageHead) => InboundItem;

/** Types that say something of a message or a person rather than something new. */
export const SPECIAL_READERS: Readonly<Record<string, SpecialReader>> = {
  system: readSystem,
  edit: readEdit,
  revoke: readDeletion,
};

/** Reads one element of `messages[]` (fact sheet §3.4). */
export function readMessage(value: unknown, event: NumberEvent): InboundItem {
  const message = recordOf(value);
  const type = textOf(message?.type);
  if (message === null || type === null) return unsupported("message without type");
  const special = Object.hasOwn(SPECIAL_READERS, type) ? SPECIAL_READERS[type] : undefined;
  const read = Object.hasOwn(MESSAGE_READERS, type) ? MESSAGE_READERS[type] : undefined;
  if (special === undefined && read === undefined) return unsupported(`message type ${type}`);
  // Groups are not served: an answer would go to the person alone.
  if (message.group_id !== undefined) return unsupported("group message");
  const head = readHead(message, event);
  if (head === null) return unsupported("message without id or time");
  if (special !== undefined) return special(message, head);
  const said = read?.(message[type]) ?? null;
  if (said === null) return unsupported(`message of type ${type} without its content`);
  const content = joinContent(said.content, readSurroundings(message));
  return {
    kind: "message",
    ...head,
    type,
    text: said.text,
    media: said.media ?? null,
    replyTo: said.target ?? textOf(recordOf(message.context)?.id),
    ...(Object.keys(content).length > 0 ? { content } : {}),
  };
}

/** Both may name a problem: the type, what it is about; the message, why. */
function joinContent(own: MessageContent = {}, around: MessageContent): MessageContent {
  const type = own.problem?.type ?? null;
  const problem = around.problem ?? own.problem;
  return { ...own, ...around, ...(problem && { problem: { ...problem, type } }) };
}

function readHead(message: JsonRecord, event: NumberEvent): MessageHead | null {
  const providerMessageId = textOf(message.id);
  const at = readTime(message.timestamp);
  if (providerMessageId === null || at === null) return null;
  const contact = findContact(message, event.contacts);
  return {
    numberId: event.numberId,
    providerMessageId,
    from: digitsOf(message.from) ?? digitsOf(contact?.wa_id),
    userId: textOf(message.from_user_id) ?? textOf(contact?.user_id),
    profileName: textOf(recordOf(contact?.profile)?.name),
    at,
  };
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
