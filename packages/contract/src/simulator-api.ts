/**
 * What the simulator's page asks of the simulator, and what tests read from it.
 *
 * `GET  /sim/state`                   → SimulatorState
 * `GET  /sim/messages?to=<mobile>`    → ArrivedMessage[], oldest first (without `to`: all)
 * `GET  /sim/threads/<mobile>`        → ThreadItem[], both directions, oldest first
 * `GET  /sim/media/<id>`              → the bytes of an arrived or written attachment
 * `POST /sim/inbound`                 → somebody writes (InboundRequest) → `{ "id" }`
 * `POST /sim/read`                    → `{ "mobile" }`: the person opens the chat, unread messages become read
 * `POST /sim/behaviour`, `/sim/reset`, `/sim/receiver/<name>`, `/sim/receiver-behaviour/<name>`
 * `POST /sim/numbers`                 → SimulatedNumber: registers an official number (upsert by `id`)
 * `POST /sim/templates/<id>`          → `{ "status"?, "rejectedReason"?, "category"?, "quality"? }`: decides about a
 *                                       template; a webhook for each thing that is said
 * `POST /sim/receiver-secret/<name>`  → `{ "secret" }`: lets the receiver check signatures and show the result
 * `GET  /sim/live`                    → server-sent events (LiveEvent), resumed by `Last-Event-ID`
 */

/** Where a telephone's message stands; what its ticks show. */
export type TickState = "pending" | "sent" | "delivered" | "read" | "failed";

/** A file that travelled with a message. */
export interface MediaOnTelephone {
  kind: "image" | "video" | "audio" | "document" | "sticker";
  name: string | null;
  mime: string;
  bytes: number;
  /** Hex SHA-256 of the bytes. */
  sha256: string;
}

/** A message as it reached a telephone; the shape of `/sim/messages`. */
export interface ArrivedMessage {
  id: string;
  /** Digits, without `+`. */
  to: string;
  from: string;
  provider: "meta" | "gupshup";
  type: string;
  template: { name: string; language: string } | null;
  /** For a template: the rendered body. */
  text: string | null;
  media: MediaOnTelephone | null;
  /** What stands around the text of an interactive message; null for all others. */
  interactive: {
    header: string | null;
    footer: string | null;
    buttons: ButtonOnTelephone[];
    list: ListOnTelephone | null;
  } | null;
  /** Id of the message that it quotes or reacts to. */
  replyTo: string | null;
  /** What the caller attached for itself (`biz_opaque_callback_data`). */
  opaque: string | null;
  /** ISO 8601, UTC. */
  at: string;
}

/** A button as a telephone draws it. */
export interface ButtonOnTelephone {
  kind: "quick_reply" | "url" | "phone_number" | "copy_code" | "list" | "location" | "other";
  text: string;
  /** URL, number or code that it leads to; null for a quick reply, a list and a place. */
  target: string | null;
}

/** What a list's button opens. */
export interface ListOnTelephone {
  sections: {
    title: string | null;
    rows: { id: string; title: string; description: string | null }[];
  }[];
}

/** One bubble of a chat, either direction. */
export interface ThreadItem {
  id: string;
  mobile: string;
  /** The official number's digits. */
  official: string;
  /** `in`: arrived at the telephone; `out`: written by the person who holds it. */
  direction: "in" | "out";
  type: string;
  header:
    | { kind: "text"; text: string }
    | { kind: "media"; media: MediaOnTelephone; mediaId: string }
    | null;
  body: string | null;
  footer: string | null;
  buttons: ButtonOnTelephone[];
  /** What the button of kind `list` opens. */
  list: ListOnTelephone | null;
  /** An attachment outside of a header. */
  media: (MediaOnTelephone & { mediaId: string }) | null;
  /** Id of the bubble that this one quotes. */
  replyTo: string | null;
  reaction: string | null;
  status: TickState;
  at: string;
}

/** An official number that the simulator plays the upstream for. */
export interface SimulatedNumber {
  /** Who carries its messages; default Meta. */
  provider?: "meta" | "gupshup";
  /** Meta's `phone_number_id`; Gupshup's app id. */
  id: string;
  wabaId: string;
  /** Digits, without `+`. */
  displayNumber: string;
  verifiedName: string;
  /** Meta's bearer token; Gupshup's `apikey`. */
  accessToken: string;
  /** Meta only: "" otherwise. */
  appSecret: string;
  /** Meta only: "" otherwise. */
  verifyToken: string;
  /** Where webhooks for this number are posted. */
  callbackUrl: string;
  /** Gupshup's app name (`src.name`, `app`). */
  appName?: string;
  /** Headers that Gupshup adds to every callback. */
  callbackHeaders?: Record<string, string>;
  /** Gupshup's own callbacks (2, the default) or those in Meta's shape (3). */
  callbackVersion?: 2 | 3;
  /** Messages a second before 130429; default 1,000. */
  throughputPerSecond?: number;
}

/** How the simulated WhatsApp behaves from now on. */
export interface SimulatorBehaviour {
  latencyMs: number;
  statusDelayMs: number;
  failRate: number;
  duplicateRate: number;
  reorder: boolean;
  httpErrorRate: number;
  timeoutRate: number;
  webhooks: boolean;
}

/** One webhook that the simulator, playing the integrator, took. */
export interface ReceivedWebhook {
  at: string;
  headers: Record<string, string>;
  body: unknown;
  raw: string;
  /** The HTTP status that was answered. */
  answered: number;
  /** Whether the Standard Webhooks signature was right; null when the secret is not known. */
  signature: "valid" | "invalid" | null;
}

/** Everything that the page needs at its first load. */
export interface SimulatorState {
  numbers: { id: string; displayNumber: string; verifiedName: string }[];
  telephones: { mobile: string; lastAt: string | null; unread: number }[];
  behaviour: SimulatorBehaviour;
  receivers: string[];
  /** Cursor from which `/sim/live` continues. */
  cursor: number;
}

/** What `/sim/live` tells; each event's id is the next cursor. */
export type LiveEvent =
  | { kind: "thread"; item: ThreadItem }
  | { kind: "receiver"; name: string; webhook: ReceivedWebhook }
  | { kind: "behaviour"; behaviour: SimulatorBehaviour }
  | { kind: "reset" };
