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

/** The body of an event about the account rather than a message: its name, and what the event tells. */
export interface AccountEventPayload {
  type: AccountEvent;
  [key: string]: unknown;
}

/** Any body of a webhook to an integrator. */
export type WebhookPayload =
  | FailedPayload
  | ProgressPayload
  | ReadPayload
  | ReplyPayload
  | AccountEventPayload;

/** Events of messages: what an endpoint gets that does not say which events it wants. */
export const WEBHOOK_EVENTS = ["failed", "sent", "delivered", "read", "reply"] as const;

/** One of {@link WEBHOOK_EVENTS}. */
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/**
 * The register of events about an account, told only to endpoints that name them: by family, then by what
 * happened. `docs/how-to/add-an-event.md` says how to add one.
 */
export const ACCOUNT_EVENT_FAMILIES = {
  balance: ["low"],
  channel: ["silent", "heard"],
  contact: ["opted_in", "opted_out"],
  conversation: [],
  endpoint: ["disabled"],
  template: ["approved", "rejected", "paused", "disabled", "quality", "category", "content"],
} as const satisfies Record<string, readonly string[]>;

type Families = typeof ACCOUNT_EVENT_FAMILIES;

/** An event about an account: `endpoint.disabled`. */
export type AccountEvent = {
  [Family in keyof Families]: `${Family}.${Families[Family][number]}`;
}[keyof Families];

/** Every event that can be told: one of a message, or one about the account. */
export type EventName = WebhookEvent | AccountEvent;

/** What an endpoint may name: an event, or a whole family (`template.*`), with what is added to it later. */
export type EventFilter = EventName | `${keyof Families}.*`;

const families = Object.keys(ACCOUNT_EVENT_FAMILIES) as (keyof Families)[];

/** Every {@link AccountEvent}. */
export const ACCOUNT_EVENTS: readonly AccountEvent[] = families.flatMap((family) =>
  ACCOUNT_EVENT_FAMILIES[family].map((what) => `${family}.${what}` as AccountEvent),
);

/** Every {@link EventName}. */
export const EVENT_NAMES: readonly EventName[] = [...WEBHOOK_EVENTS, ...ACCOUNT_EVENTS];

/** Every {@link EventFilter}. */
export const EVENT_FILTERS: readonly EventFilter[] = [
  ...EVENT_NAMES,
  ...families.map((family) => `${family}.*` as const),
];

/** Numbers, or templates, that one endpoint can name. */
export const FILTER_ENTRIES_MAX = 100;

/** Fastest rate that an endpoint can be confined to, in calls a second. */
export const RATE_PER_SECOND_MAX = 1_000;
