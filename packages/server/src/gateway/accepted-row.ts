import type { MessageCategory, ProjectView } from "../domain/account-snapshot.ts";
import { MEDIA_TYPES } from "../domain/media-kind.ts";
import { describeSession, formatStoredContent } from "../domain/session-content.ts";
import { renderText, templateSlots } from "../domain/template.ts";
import type { AcceptedRow } from "../storage/accepting.ts";
import type { ResolvedSend } from "./decide.ts";
import type { MediaIntake } from "./media-intake.ts";
import { formatMediaName, randomBelow } from "./media-name.ts";
import type { PreparedSend } from "./send-request.ts";

/**
 * How a message's file is kept in `messages.media`: a blob of ours or a URL still to be fetched;
 * `ready` once the provider can take it.
 */
export interface StoredMedia {
  source: { kind: "file"; storageKey: string } | { kind: "url"; url: string };
  /** Null until the content has been seen. */
  file: { sha256: string; bytes: number; mime: string; type: string } | null;
  /** The name given by the caller, for a file whose type is not known yet. */
  givenName: string;
  /** What the recipient sees. */
  name: string;
  /** How the provider gets it; set right before the first attempt. */
  ready: { id: string } | { link: string } | null;
}

const HOUR_MS = 3_600_000;

/** One hour after WhatsApp's own time to live. Free-form lives as long as utility. */
export const DEADLINE_MS: Record<MessageCategory, number> = {
  marketing: 25 * HOUR_MS,
  utility: 13 * HOUR_MS,
  service: 13 * HOUR_MS,
  authentication: HOUR_MS + 15 * 60_000,
};

const CLASS: Record<MessageCategory, number> = {
  authentication: 0,
  utility: 1,
  service: 1,
  marketing: 2,
};

/** The parts of a send that must be there once it was judged acceptable. */
export interface AcceptableSend extends ResolvedSend {
  project: ProjectView;
  mobile: { digits: string; country: string };
  category: MessageCategory;
  price: bigint;
}

/** Builds the row of an accepted send. `balance_after` and `position` are those of its transaction. */
export function formatAcceptedRow(
  send: AcceptableSend,
  ids: { message: string; event: string },
  at: { nowMs: number; balanceAfter: bigint; position: number; campaignId: string | null },
): AcceptedRow {
  const { prepared, template, project, category } = send;
  const lifeMs = prepared.validForMs ?? project.deadlineMs[category] ?? DEADLINE_MS[category];
  const startMs = Math.max(at.nowMs, prepared.sendAtMs ?? 0);
  const media = formatStoredMedia(prepared.media, prepared.mediaName);
  return {
    account_id: send.snapshot?.accountId ?? "",
    id: ids.message,
    event_id: ids.event,
    project_id: project.id,
    channel_id: project.channelId ?? "",
    mobile: send.mobile.digits,
    category,
    kind: findKind(send),
    template_id: template?.id ?? null,
    variables: template ? [...(send.variables ?? [])] : [],
    body: formatBody(send),
    media,
    ...formatExtras(prepared),
    custom_field: prepared.customField,
    digest: send.digest,
    source: prepared.source,
    price: String(send.price),
    class: CLASS[category],
    scheduled_at: startMs > at.nowMs ? new Date(startMs).toISOString() : null,
    deadline_at: new Date(startMs + lifeMs).toISOString(),
    accepted_at: new Date(at.nowMs).toISOString(),
    balance_after: String(at.balanceAfter),
    position: at.position,
    ...(at.campaignId !== null && { campaign_id: at.campaignId }),
  };
}

function findKind({ prepared, template }: AcceptableSend): string {
  if (template) return "template";
  const { wanted, media } = prepared;
  if (wanted?.kind === "session") return wanted.content.kind;
  return media ? "media" : "text";
}

/** Only those pay for it in bytes who use it: what is not named is null in the row. */
function formatExtras({ extras, userId }: PreparedSend): Pick<AcceptedRow, "content" | "reply_to"> {
  if (!extras && userId === undefined) return {};
  const author = userId === undefined ? {} : { sent_by: userId };
  const content = { ...formatStoredContent(extras), ...author };
  return { content, reply_to: extras?.referred?.id ?? null };
}

/** Whether every part of a row is there; a send that was judged acceptable has them. */
export function isAcceptable(send: ResolvedSend): send is AcceptableSend {
  return (
    Boolean(send.snapshot && send.project?.channelId && send.mobile && send.category) &&
    send.price !== null
  );
}

/** What the person will see: the template's body with its values, or the free text. */
export function formatBody({
  prepared,
  template,
  variables,
}: Pick<ResolvedSend, "prepared" | "template" | "variables">): string {
  const { wanted } = prepared;
  if (!template && wanted?.kind === "session") return describeSession(wanted.content);
  if (!template) return wanted?.kind === "text" ? wanted.text : "";
  const values = variables ?? [];
  const inBody = templateSlots(template.definition, template.category).flatMap((slot, index) =>
    slot.part === "body" ? [values[index] ?? ""] : [],
  );
  return renderText(template.definition.body, inBody);
}

function formatStoredMedia(media: MediaIntake | null, givenName: string): StoredMedia | null {
  if (media?.kind === "file") {
    const { storageKey, sha256, bytes, type } = media.file;
    const { mime } = MEDIA_TYPES[type];
    return {
      source: { kind: "file", storageKey },
      file: { sha256, bytes, mime, type },
      givenName,
      name: formatMediaName(givenName, type, randomBelow),
      ready: null,
    };
  }
  if (media?.kind !== "url") return null;
  const name = formatMediaName(givenName, undefined, randomBelow);
  return { source: { kind: "url", url: media.url }, file: null, givenName, name, ready: null };
}
