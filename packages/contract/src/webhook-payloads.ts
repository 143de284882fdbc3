import type { MessageContent } from "./v1/message-content.ts";

/** The five bodies that integrators receive (the manual's, its typing slips mended). */

/** A message failed; its price was given back. */
export interface FailedPayload {
  type: "message-event";
  type2: "failed";
  code: string;
  reason: string;
  messageId: string;
}

/** WhatsApp sent the message, or it reached the telephone. */
export interface ProgressPayload {
  type: "message-event";
  type2: "sent" | "delivered";
  messageId_whatsapp: string;
  /** `YYYY-MM-DD HH:mm:ss` in the project's time zone, from WhatsApp's own timestamp. */
  fecha_envio_por_whatsapp: string;
  messageId: string;
  /** The manual's odd key, sent beside `messageId` for receivers written either way. */
  "&messageId": string;
}

/** The person read the message. */
export interface ReadPayload {
  type: "message-event";
  type2: "read";
  messageId_whatsapp: string;
  fecha_lectura_usuario: string;
  messageId: string;
  "&messageId": string;
}

/** The person answered. Media keys are there when a file came. */
export interface ReplyPayload {
  mobile: string;
  message: string;
  /** That of the message it quotes, else of the last one to that mobile that carried one, else "". */
  custom_field: string;
  official_number: string;
  media_url?: string;
  media_type?: string;
  media_name?: string;
  /** When the person hides the number: `mobile` is "" then, and this is WhatsApp's id of the person. */
  user_id?: string;
  /** What kind of thing it is, where the four keys cannot say it; `content` holds it then. */
  kind?: string;
  content?: MessageContent;
}

/** Any body of a webhook to an integrator. */
export type WebhookPayload = FailedPayload | ProgressPayload | ReadPayload | ReplyPayload;

/** Events that an endpoint can subscribe to. */
export const WEBHOOK_EVENTS = ["failed", "sent", "delivered", "read", "reply"] as const;

/** One of {@link WEBHOOK_EVENTS}. */
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
