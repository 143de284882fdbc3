import type {
  ButtonPayload,
  ContactCard,
  Interactive,
  Place,
  Reaction,
} from "@recado/contract/v1/session-content";

/** What is said inside the 24-hour window by other means than text and files; its shape has been checked. */
export type SessionContent =
  | { kind: "interactive"; interactive: Interactive }
  | { kind: "location"; place: Place }
  | { kind: "contacts"; contact: ContactCard }
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

/** How {@link SendExtras} are kept in `messages.content`, in the words of `/v1`; what does not apply is absent. */
export interface StoredContent {
  interactive?: Interactive;
  location?: Place;
  contact?: ContactCard;
  reaction?: Reaction;
  button_payloads?: readonly ButtonPayload[];
  /** The message that it quotes or reacts to: whose chat it stands in, and the provider's id. Not shown to callers. */
  referred?: { channelId: string; providerMessageId: string };
}

/** What is kept of the extras of a message; null when there is nothing to keep. */
export function formatStoredContent(extras: SendExtras | null): StoredContent | null {
  if (!extras) return null;
  const { session, referred, payloads, place } = extras;
  return {
    ...(session?.kind === "interactive" && { interactive: session.interactive }),
    ...(session?.kind === "location" && { location: session.place }),
    ...(place && { location: place }),
    ...(session?.kind === "contacts" && { contact: session.contact }),
    ...(session?.kind === "reaction" && { reaction: session.reaction }),
    ...(payloads.length > 0 && { button_payloads: payloads }),
    ...(referred && {
      referred: { channelId: referred.channelId, providerMessageId: referred.providerMessageId },
    }),
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

function describeCard({ name, phones = [] }: ContactCard): string {
  return [name, ...phones.map(({ number }) => number)].join(" ");
}

/** Whether a file may stand above the text of this message. */
export function takesHeaderFile({ type }: Interactive): boolean {
  return type === "buttons" || type === "link";
}
