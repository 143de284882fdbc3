import { type AccountSnapshot, findTemplateById } from "../domain/account-snapshot.ts";
import { findMediaType, MEDIA_TYPES } from "../domain/media-kind.ts";
import type { OutgoingContent, OutgoingMedia } from "../domain/outgoing.ts";
import { readSaid, type StoredContent } from "../domain/session-content.ts";
import type { StoredMedia } from "./accepted-row.ts";
import type { ClaimedCall } from "./claim.ts";

type Call = Pick<ClaimedCall, "channelId" | "message">;

/**
 * What a stored message says, for a driver; null when its template, or a part that its kind needs, is gone. What one of
 * the project's numbers has said the other does not know, and cannot quote.
 */
export function readOutgoing(snapshot: AccountSnapshot, call: Call): OutgoingContent | null {
  const { message } = call;
  const media = readMedia(message.media as StoredMedia | null);
  const said = readSaid((message.content ?? {}) as StoredContent);
  const isTheirs = said.referred?.channelId === call.channelId;
  const replyTo = (isTheirs && said.referred?.providerMessageId) || null;
  const { interactive, place, contact, emoji } = said;
  switch (message.kind) {
    case "text":
      return { type: "text", body: message.body, replyTo };
    case "media":
      return media && { type: "media", media, caption: message.body || null, replyTo };
    case "interactive":
      if (!interactive || (message.media && !media)) return null;
      return { type: "interactive", interactive, media, replyTo };
    case "location":
      return place && { type: "location", place, replyTo };
    case "contacts":
      return contact && { type: "contacts", contact, replyTo };
    case "reaction":
      return emoji !== null && replyTo ? { type: "reaction", messageId: replyTo, emoji } : null;
    case "template":
      return readTemplate(snapshot, call, { media, said });
  }
}

/** Whether the call goes through the number that the project sends from first. */
function isFirst(snapshot: AccountSnapshot, { channelId, message }: Call): boolean {
  return snapshot.projects.get(message.projectId)?.fallbackChannelId !== channelId;
}

function readTemplate(
  snapshot: AccountSnapshot,
  call: Call,
  { media, said }: { media: OutgoingMedia | null; said: ReturnType<typeof readSaid> },
): OutgoingContent | null {
  const { message, channelId } = call;
  const template = findTemplateById(snapshot, message.templateId);
  const twinId = template?.twins.get(channelId) ?? null;
  return (
    template && {
      type: "template",
      name: template.name,
      language: template.language,
      category: template.category,
      definition: template.definition,
      providerTemplateId: isFirst(snapshot, call) ? template.providerTemplateId : twinId,
      variables: message.variables,
      media: withHeaderKind(media, template.header),
      ...(said.place && { place: said.place }),
      ...(said.payloads.length > 0 && { payloads: said.payloads }),
    }
  );
}

/** A picture may stand in a document header: there it travels as a document. */
function withHeaderKind(media: OutgoingMedia | null, header: string | null): OutgoingMedia | null {
  if (!media || (header !== "image" && header !== "video" && header !== "document")) return media;
  return { ...media, kind: header };
}

function readMedia(media: StoredMedia | null): OutgoingMedia | null {
  if (!media?.ready || !media.file) return null;
  const type = findMediaType(media.file.mime);
  const kind = type === null ? "document" : MEDIA_TYPES[type].kind;
  const voice = type === "opus" && { voice: true as const };
  return { kind, source: media.ready, filename: media.name, ...voice };
}
