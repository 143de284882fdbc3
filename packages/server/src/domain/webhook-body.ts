import type { MessageContent } from "@recado/contract/v1/message-content";
import type {
  FailedPayload,
  ProgressPayload,
  ReadPayload,
  ReplyPayload,
} from "@recado/contract/webhook-payloads";
import { formatLocalTime } from "./local-time.ts";

/** A message that failed. */
export interface FailedFacts {
  messageId: string;
  /** The manual's code, or the provider's own where the manual has none. */
  code: string;
  reason: string;
}

/** The body of `failed`. */
export function makeFailedBody(facts: FailedFacts): FailedPayload {
  return {
    type: "message-event",
    type2: "failed",
    code: facts.code,
    reason: facts.reason,
    messageId: facts.messageId,
  };
}

/** A step that WhatsApp reported about a message. */
export interface ProgressFacts {
  messageId: string;
  /** WhatsApp's own id of the message. */
  whatsappId: string;
  /** WhatsApp's own timestamp of this step. */
  at: Date;
  /** The project's, by its IANA name. */
  timeZone: string;
}

/** The body of `sent`. */
export function makeSentBody(facts: ProgressFacts): ProgressPayload {
  return makeProgressBody("sent", facts);
}

/** The body of `delivered`: as `sent`, whose odd date key it shares (the manual gives it no other). */
export function makeDeliveredBody(facts: ProgressFacts): ProgressPayload {
  return makeProgressBody("delivered", facts);
}

/** The body of `read`. */
export function makeReadBody(facts: ProgressFacts): ReadPayload {
  return {
    type: "message-event",
    type2: "read",
    messageId_whatsapp: facts.whatsappId,
    fecha_lectura_usuario: formatLocalTime(facts.at, facts.timeZone),
    messageId: facts.messageId,
    "&messageId": facts.messageId,
  };
}

/** What a person answered. */
export interface ReplyFacts {
  /** Who answered: digits with the country code. */
  mobile: string;
  /** The text, the button's text, or the caption; "" for a file without one. */
  message: string;
  /** That of the message it quotes, else of the last to that mobile that carried one, else "". */
  customField: string;
  /** The project's own number, digits with the country code. */
  officialNumber: string;
  media?: { url: string; type: string; name: string } | undefined;
  /** Set when the person hides the number, and `mobile` is "". */
  userId?: string | undefined;
  /** What kind of thing it is, and what it carries besides text and file. */
  carried?: { kind: string; content: MessageContent } | undefined;
}

/**
 * The body of `reply`. The media keys are there only when a file came, `kind` and `content` only when the person
 * sent something that the manual's keys cannot say; that it quotes a message is no such thing.
 */
export function makeReplyBody(facts: ReplyFacts): ReplyPayload {
  const { media, userId, carried } = facts;
  const says = carried && Object.keys(carried.content).some((key) => key !== "quote");
  return {
    mobile: facts.mobile,
    message: facts.message,
    custom_field: facts.customField,
    official_number: facts.officialNumber,
    ...(media && { media_url: media.url, media_type: media.type, media_name: media.name }),
    ...(userId !== undefined && { user_id: userId }),
    ...(says && { kind: carried.kind, content: carried.content }),
  };
}

function makeProgressBody(type2: ProgressPayload["type2"], facts: ProgressFacts): ProgressPayload {
  return {
    type: "message-event",
    type2,
    messageId_whatsapp: facts.whatsappId,
    fecha_envio_por_whatsapp: formatLocalTime(facts.at, facts.timeZone),
    messageId: facts.messageId,
    "&messageId": facts.messageId,
  };
}
