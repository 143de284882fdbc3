import type {
  ButtonPayload,
  Interactive,
  NewContactCard,
  Place,
} from "@recado/contract/v1/session-content";
import type { TemplateCategory, TemplateDefinition } from "./template.ts";

/** A file on its way out: already uploaded (`id`) or to be fetched by the provider (`link`). */
export interface OutgoingMedia {
  kind: "image" | "video" | "audio" | "document" | "sticker";
  source: { id: string } | { link: string };
  /** The name that the recipient sees; documents only. */
  filename: string | null;
  /** A voice note, which plays where it stands (OGG with OPUS). */
  voice?: true;
}

/** What is said to a person, independent of any provider. `replyTo` is the provider's id of the message that it quotes. */
export type OutgoingContent =
  | {
      type: "template";
      name: string;
      language: string;
      category: TemplateCategory;
      definition: TemplateDefinition;
      /** The provider's id of the template; null when only name and language count. */
      providerTemplateId: string | null;
      /** One value for each of `templateSlots(definition, category)`. */
      variables: readonly string[];
      /** For the media header; null when it has none. */
      media: OutgoingMedia | null;
      /** For the location header, with name and address; absent when it has none. */
      place?: Place;
      /** What quick-reply buttons bring back; those not named bring their label. */
      payloads?: readonly ButtonPayload[];
    }
  | { type: "text"; body: string; replyTo: string | null }
  | { type: "media"; media: OutgoingMedia; caption: string | null; replyTo: string | null }
  | {
      type: "interactive";
      interactive: Interactive;
      /** The header's file; null: a text or nothing. */
      media: OutgoingMedia | null;
      replyTo: string | null;
    }
  | { type: "location"; place: Place; replyTo: string | null }
  | { type: "contacts"; contact: NewContactCard; replyTo: string | null }
  /** `messageId` is the provider's; an empty emoji takes the reaction back. */
  | { type: "reaction"; messageId: string; emoji: string };
