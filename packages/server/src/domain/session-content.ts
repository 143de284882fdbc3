import type { MessageContent } from "@recado/contract/v1/message-content";
import type {
  ButtonPayload,
  Interactive,
  NewContactCard,
  Place,
  Reaction,
} from "@recado/contract/v1/session-content";

/** What is said inside the 24-hour window by other means than text and files; its shape has been checked. */
export type SessionContent =
  | { kind: "interactive"; interactive: Interactive }
  | { kind: "location"; place: Place }
  | { kind: "contacts"; contact: NewContactCard }
  | { kind: "reaction"; reaction: Reaction };

/** An earlier message that one refers to, looked up for the caller who named it. */
export interface ReferredMessage {
  id: string;
  channelId: string;
  /** As it is stored: digits. */
  mobile: string;
  /** The provider's id of it. */
  providerMessageId: string;
}

/** What a send asks for besides text, files and variables. */
export interface SendExtras {
  /** Null: a text, a file or a template. */
  session: SessionContent | null;
  /** The message that it quotes or reacts to. */
  referred: ReferredMessage | null;
  /** What quick-reply buttons of a template bring back. */
  payloads: readonly ButtonPayload[];
  /** What a template's location header shows. */
  place: Place | null;
}

/** How {@link SendExtras} are kept in `messages.content`; what does not apply is absent. */
export interface StoredContent extends MessageContent {
  /** The number in whose chat the message stands that this one quotes or reacts to. Not shown to callers. */
  referred_channel_id?: string;
  /** Who of the account wrote it in the console. Not shown to callers. */
  sent_by?: string;
}

/** What is kept of the extras of a message; null when there is nothing to keep. {@link readSaid} reads it. */
export function formatStoredContent(extras: SendExtras | null): StoredContent | null {
  if (!extras) return null;
  const { session, referred, payloads } = extras;
  const place = session?.kind === "location" ? session.place : extras.place;
  return {
    ...(session?.kind === "interactive" && { interactive: session.interactive }),
    ...(place && { location: formatPlace(place) }),
    ...(session?.kind === "contacts" && { contacts: [formatCard(session.contact)] }),
    ...(payloads.length > 0 && { button_payloads: [...payloads] }),
    ...(referred && formatReference(referred, session)),
  };
}

/** Says of a message what {@link formatStoredContent} kept; what is not there is null. */
export function readSaid(content: StoredContent): {
  interactive: Interactive | null;
  place: Place | null;
  contact: NewContactCard | null;
  emoji: string | null;
  payloads: readonly ButtonPayload[];
  /** The message that it quotes or reacts to. */
  referred: { channelId: string | undefined; providerMessageId: string } | null;
} {
  const { location, contacts, reaction, quote } = content;
  const target = reaction ?? quote;
  return {
    interactive: content.interactive ?? null,
    place: location ? readPlace(location) : null,
    contact: contacts?.[0] ? readCard(contacts[0]) : null,
    emoji: reaction?.emoji ?? null,
    payloads: content.button_payloads ?? [],
    referred: target
      ? { channelId: content.referred_channel_id, providerMessageId: target.whatsapp_id }
      : null,
  };
}

function formatReference(
  { id, channelId, providerMessageId }: ReferredMessage,
  session: SessionContent | null,
): StoredContent {
  const target = { message_id: id, whatsapp_id: providerMessageId };
  const channel = { referred_channel_id: channelId };
  if (session?.kind !== "reaction") return { quote: target, ...channel };
  const { emoji } = session.reaction;
  return { reaction: { ...target, emoji, removed: emoji === "" }, ...channel };
}

type Stored<Key extends keyof MessageContent> = NonNullable<MessageContent[Key]>;
type Card = Stored<"contacts">[number];

function formatPlace({ latitude, longitude, name, address }: Place): Stored<"location"> {
  return { latitude, longitude, name: name ?? null, address: address ?? null, url: null };
}

function readPlace({ latitude, longitude, name, address }: Stored<"location">): Place {
  return {
    latitude,
    longitude,
    ...(name !== null && { name }),
    ...(address !== null && { address }),
  };
}

function formatCard(card: NewContactCard): Card {
  const { name, phones = [], emails = [] } = card;
  return {
    name,
    first_name: card.first_name ?? null,
    last_name: card.last_name ?? null,
    phones: phones.map(({ phone, type = null, mobile = null }) => ({ phone, type, mobile })),
    emails: emails.map(({ email, type = null }) => ({ email, type })),
    organization: card.organization ?? null,
    title: card.title ?? null,
    birthday: null,
  };
}

function readCard(card: Card): NewContactCard {
  const { name, first_name, last_name, organization, title } = card;
  return {
    name,
    ...(first_name !== null && { first_name }),
    ...(last_name !== null && { last_name }),
    phones: card.phones.map(({ phone, type, mobile }) => ({
      phone,
      ...(type !== null && { type }),
      ...(mobile !== null && { mobile }),
    })),
    emails: card.emails.map(({ email, type }) => ({ email, ...(type !== null && { type }) })),
    ...(organization !== null && { organization }),
    ...(title !== null && { title }),
  };
}

/** What a reader would see of it, in one text. */
export function describeSession(content: SessionContent): string {
  switch (content.kind) {
    case "interactive":
      return content.interactive.body;
    case "location":
      return describePlace(content.place);
    case "contacts":
      return describeCard(content.contact);
    case "reaction":
      return content.reaction.emoji;
  }
}

function describePlace({ name, address, latitude, longitude }: Place): string {
  return [name, address, `${latitude}, ${longitude}`].filter(Boolean).join("\n");
}

function describeCard({ name, phones = [] }: NewContactCard): string {
  return [name, ...phones.map(({ phone }) => phone)].join(" ");
}

/** Whether a file may stand above the text of this message. */
export function takesHeaderFile({ type }: Interactive): boolean {
  return type === "buttons" || type === "link";
}
