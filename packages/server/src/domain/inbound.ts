import type { MessageContent } from "@recado/contract/v1/message-content";
import type { Failure } from "./send-outcome.ts";
import type { TemplateCategory, TemplateQuality, TemplateStatus } from "./template.ts";

/** A file that a person sent us; fetched later from the provider by its id. */
export interface InboundMedia {
  kind: "image" | "video" | "audio" | "document" | "sticker";
  providerMediaId: string;
  mime: string;
  name: string | null;
  caption: string | null;
  /** As the provider gave it; null when it gave none. */
  sha256: string | null;
}

/** How far a message of ours has come. */
export interface StatusItem {
  kind: "status";
  /** The provider's id of the official number concerned (Meta's `phone_number_id`). */
  numberId: string;
  providerMessageId: string;
  /** WhatsApp's id of the message, where the provider has one of its own beside it. */
  whatsappId?: string;
  /** Our own message id, if it came back with the event; null otherwise. */
  opaque: string | null;
  status: "sent" | "delivered" | "read" | "failed";
  /** WhatsApp's own time. */
  at: Date;
  /** With `failed` only. */
  failure: Failure | null;
  /** The provider's category and whether it charges; null when it does not say. */
  pricing: { category: string; billable: boolean } | null;
}

/** A person wrote to an official number. */
export interface MessageItem {
  kind: "message";
  numberId: string;
  providerMessageId: string;
  /** Digits without `+`; null when the person hides the number. */
  from: string | null;
  /** WhatsApp's business-scoped id of the person; null when not given. */
  userId: string | null;
  profileName: string | null;
  at: Date;
  /** The provider's word: `text`, `image`, `button`, `interactive`, `location`, … */
  type: string;
  /** What a person would read: text, caption, button's label, place, emoji; "" if nothing. */
  text: string;
  media: InboundMedia | null;
  /** The provider's id of the message that it answers; null otherwise. */
  replyTo: string | null;
  /** What it carries besides text and file; absent: nothing. Ids of ours in it are not known yet. */
  content?: MessageContent;
}

/** A person changed the words of a message. */
export interface EditItem {
  kind: "edit";
  numberId: string;
  /** The provider's id of the change itself. */
  providerMessageId: string;
  from: string | null;
  userId: string | null;
  at: Date;
  /** The provider's id of the message that was changed. */
  target: string;
  /** Its words from now on. */
  text: string;
}

/** A person took a message back. */
export interface DeletionItem {
  kind: "deletion";
  numberId: string;
  from: string | null;
  userId: string | null;
  at: Date;
  /** The provider's id of the message that was taken back. */
  target: string;
}

/** A template changed at the provider. Fields that did not change are null. */
export interface TemplateItem {
  kind: "template";
  /** The provider's id of the business account (Meta's WABA). */
  businessId: string;
  providerTemplateId: string;
  name: string;
  language: string;
  status: TemplateStatus | null;
  category: TemplateCategory | null;
  quality: TemplateQuality | null;
  reason: string | null;
  /** When it happened, by the provider's clock; null: it does not say. */
  at: Date | null;
}

/** A person said in WhatsApp's own settings whether a number may send marketing. */
export interface PreferenceItem {
  kind: "preference";
  numberId: string;
  /** Digits without `+`. */
  mobile: string;
  marketing: "stop" | "resume";
  at: Date;
}

/** Something about the number or account that is kept and named, and not acted upon yet. */
export interface NoticeItem {
  kind: "notice";
  businessId: string | null;
  numberId: string | null;
  /** The provider's name for it, for example `account_update`. */
  what: string;
  /** What the operator should see of it; absent: it is only counted. */
  said?: {
    /** The provider's own time; null when it gave none. */
    at: Date | null;
    /** The official number that it names, digits; null when it names none. */
    officialNumber: string | null;
    /** As the provider put it. */
    data: Record<string, unknown>;
  };
}

/** Known to the protocol or not: nothing here acts on it; the raw item stays in the journal. */
export interface UnsupportedItem {
  kind: "unsupported";
  what: string;
}

/** One thing that a provider told us. */
export type InboundItem =
  | StatusItem
  | MessageItem
  | EditItem
  | DeletionItem
  | TemplateItem
  | PreferenceItem
  | NoticeItem
  | UnsupportedItem;

/** What a posted body held: its items in order, or why it cannot come from this provider. */
export type ReceiveResult =
  | { kind: "items"; items: InboundItem[] }
  | { kind: "anomalous"; why: string };
