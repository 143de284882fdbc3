import type { ThreadMessage } from "@recado/contract/console/inbox-thread";
import { describeFailure } from "../domain/failure-words.ts";
import { formatMoney } from "../domain/money.ts";
import type { QuotedRow, ReactionRow, ThreadMessageRow } from "../storage/thread-items.ts";
import { nameFileKind, nameKind } from "./render-kind.ts";

/** What a message is shown with. */
export interface MessageSurroundings {
  version: number;
  nowMs: number;
  quoted: ReadonlyMap<string, QuotedRow>;
  /** By the message that they are about, oldest first. */
  reactions: ReadonlyMap<string, ReactionRow[]>;
  /** Messages with a call of which nobody knows how it ended. */
  uncertain: ReadonlySet<string>;
}

/** Shows a message with its reactions, its quote and the whole truth about where it stands. */
export function renderMessage(row: ThreadMessageRow, around: MessageSurroundings): ThreadMessage {
  const { id, direction, refunded, category, content } = row;
  const authorId = direction === "out" ? (content?.sent_by ?? null) : null;
  const versions = content?.versions ?? [];
  return {
    type: "message",
    ...{ id, place: row.place, direction, refunded, category, version: around.version },
    at: row.acceptedAt.toISOString(),
    author: findAuthor(row),
    author_id: authorId,
    kind: nameKind({ direction, kind: row.kind, mime: readMime(row), voice: isVoice(row) }),
    text: row.body,
    status: findStatus(row, around.nowMs),
    unknown: row.lane === "unknown",
    ...formatTimes(row),
    failure: renderFailure(row, around),
    file: renderFile(row),
    template: row.template && {
      id: row.template.number,
      name: row.template.name,
      category: row.template.category,
      buttons: (row.template.buttons ?? []).map(({ text }) => text),
    },
    content: renderContent(row),
    quote: renderQuote(row, around),
    reactions: renderReactions(around.reactions.get(id) ?? []),
    versions: versions.slice(0, -1),
    edited_at: versions.at(-1)?.at ?? null,
    deleted_at: content?.deleted_at ?? null,
    custom_field: row.customField,
    price: direction === "out" ? formatMoney(row.price) : null,
  };
}

function findAuthor({ direction, content, source }: ThreadMessageRow): ThreadMessage["author"] {
  if (direction === "in") return "person";
  if (content?.sent_by !== undefined) return "agent";
  return source === "auto" ? "automatic" : "integration";
}

function findStatus(row: ThreadMessageRow, nowMs: number): ThreadMessage["status"] {
  // What a restore holds leaves when an operator says so, and at no hour.
  const keepsItsHour = row.status === "accepted" && row.lane !== "unknown";
  const waits = keepsItsHour && (row.scheduledAt?.getTime() ?? 0) > nowMs;
  return waits ? "scheduled" : (row.status as ThreadMessage["status"]);
}

function formatTimes(row: ThreadMessageRow) {
  return {
    scheduled_at: formatMoment(row.scheduledAt),
    submitted_at: formatMoment(row.submittedAt),
    sent_at: formatMoment(row.sentAt),
    delivered_at: formatMoment(row.deliveredAt),
    read_at: formatMoment(row.readAt),
    failed_at: row.status === "failed" ? formatMoment(row.failedAt) : null,
  };
}

function renderFailure(
  row: ThreadMessageRow,
  { uncertain }: MessageSurroundings,
): ThreadMessage["failure"] {
  if (row.status !== "failed") return null;
  const { retryWhy, ...words } = describeFailure({
    code: row.code,
    reason: row.reason,
    wasTaken: row.submittedAt !== null && row.sentAt === null,
    wasUnknown: uncertain.has(row.id),
  });
  return { ...words, retry_why: retryWhy };
}

/** The fields of `messages.media` that matter here, of either direction. */
interface AnyMedia {
  mime?: string;
  kind?: string;
  name?: string | null;
  bytes?: number | null;
  storageKey?: string | null;
  error?: string | null;
  file?: { mime: string; bytes: number } | null;
  source?: { kind: string };
}

function readMime({ media }: ThreadMessageRow): string | null {
  const { mime, file } = (media ?? {}) as AnyMedia;
  return mime ?? file?.mime ?? null;
}

function isVoice({ content }: ThreadMessageRow): boolean {
  return content?.media?.voice ?? false;
}

function renderFile(row: ThreadMessageRow): ThreadMessage["file"] {
  if (row.media === null) return null;
  const media = row.media as AnyMedia;
  const mime = readMime(row) ?? "application/octet-stream";
  const stored = media.storageKey !== undefined ? media.storageKey !== null : Boolean(media.file);
  const error = media.error ?? null;
  return {
    kind: row.direction === "in" && isVoice(row) ? "voice" : nameFileKind(mime),
    mime,
    name: media.name ?? null,
    bytes: media.bytes ?? media.file?.bytes ?? null,
    state: stored ? "stored" : error === null ? "waiting" : "failed",
    error,
    url: stored ? `/console/api/inbox/messages/${row.id}/file` : null,
  };
}

/** What is shown by itself elsewhere is left out. */
function renderContent({ content }: ThreadMessageRow): ThreadMessage["content"] {
  const { sent_by, quote, reaction, versions, deleted_at, ...rest } = content ?? {};
  return Object.keys(rest).length === 0 ? null : rest;
}

function renderQuote(
  { content, kind }: ThreadMessageRow,
  { quoted }: MessageSurroundings,
): ThreadMessage["quote"] {
  const quote = content?.quote;
  if (!quote || kind === "reaction") return null;
  const row = quote.message_id === null ? undefined : quoted.get(quote.message_id);
  if (!row) return { id: null, direction: null, kind: "unknown", text: "" };
  const { id, direction, body } = row;
  return { id, direction, kind: nameKind({ ...row, voice: false }), text: body };
}

/** The last of each side; one that was taken back is none. */
function renderReactions(rows: readonly ReactionRow[]): ThreadMessage["reactions"] {
  const last = new Map(rows.map((row) => [row.direction, row]));
  return [...last.values()].flatMap(({ direction, emoji, userId, at }) =>
    emoji === ""
      ? []
      : [
          {
            from: direction === "in" ? ("person" as const) : ("us" as const),
            emoji,
            user_id: userId,
            at: at.toISOString(),
          },
        ],
  );
}

function formatMoment(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
