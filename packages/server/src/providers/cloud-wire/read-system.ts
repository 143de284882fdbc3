import type { MessageContent } from "@recado/contract/v1/message-content";
import type { InboundItem } from "../../domain/inbound.ts";
import type { MessageHead } from "./message-head.ts";
import { digitsOf } from "./receive-phone.ts";
import { unsupported } from "./receive-unsupported.ts";
import { shortTextOf } from "./short-text.ts";
import { type JsonRecord, recordOf, textOf } from "./untrusted-json.ts";

type SystemType = NonNullable<MessageContent["system"]>["type"];

/** WhatsApp's words for what changed about a person, today's and those of before. */
const SYSTEM_TYPES: Readonly<Record<string, SystemType>> = {
  user_changed_number: "number_changed",
  customer_changed_number: "number_changed",
  user_changed_user_id: "user_id_changed",
  customer_identity_changed: "identity_changed",
};

/**
 * What WhatsApp tells about a person (fact sheet §3.4 `system`): another number, another id, another identity.
 * It is told as a message of that person, under the number of from now on.
 */
export function readSystem(message: JsonRecord, head: MessageHead): InboundItem {
  const system = recordOf(message.system);
  const name = textOf(system?.type);
  if (name === null) return unsupported("system message without its type");
  const type = (Object.hasOwn(SYSTEM_TYPES, name) ? SYSTEM_TYPES[name] : undefined) ?? "other";
  const moved = type === "number_changed";
  const newMobile = moved ? (digitsOf(system?.wa_id) ?? digitsOf(system?.new_wa_id)) : null;
  const userId = shortTextOf(system?.user_id) ?? head.userId;
  const content: MessageContent = {
    system: {
      type,
      name: name.slice(0, 100),
      mobile_before: moved ? head.from : null,
      mobile: newMobile ?? head.from,
      user_id_before: shortTextOf(system?.previous_user_id),
      user_id: userId,
    },
  };
  return {
    kind: "message",
    ...head,
    from: newMobile ?? head.from,
    userId,
    type: "system",
    text: textOf(system?.body) ?? "",
    media: null,
    replyTo: null,
    content,
  };
}
