import type { TemplateCategory, TemplateDefinition } from "./template.ts";

/** A file on its way out: already uploaded (`id`) or to be fetched by the provider (`link`). */
export interface OutgoingMedia {
  kind: "image" | "video" | "audio" | "document";
  source: { id: string } | { link: string };
  /** The name that the recipient sees; documents only. */
  filename: string | null;
}

/** What is said to a person, independent of any provider. */
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
    }
  | { type: "text"; body: string; replyTo: string | null }
  | { type: "media"; media: OutgoingMedia; caption: string | null; replyTo: string | null };
