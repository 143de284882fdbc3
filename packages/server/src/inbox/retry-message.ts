import { findMediaType } from "../domain/media-kind.ts";
import { readSaid, type SendExtras, type StoredContent } from "../domain/session-content.ts";
import type { MediaIntake } from "../gateway/media-intake.ts";
import { findReferredMessages } from "../gateway/referred-messages.ts";
import { AppError } from "../platform/app-error.ts";
import {
  findConversationsOfMessages,
  findItemMessages,
  type ThreadMessageRow,
} from "../storage/thread-items.ts";
import { findVariables } from "../storage/uncertain-messages.ts";
import {
  type ComposeDeps,
  type Composed,
  type Composition,
  composeMessage,
} from "./compose-message.ts";
import type { Agent } from "./inbox-deps.ts";
import { loadItems } from "./load-items.ts";

/**
 * Sends a failed message once more, as a new one. Refuses with `conflict` what has not failed, and what may have arrived or
 * would fail again: whether it is safe is told with every message.
 */
export async function retryMessage(
  deps: ComposeDeps,
  act: Agent & { messageId: string; key: string; maySupervise: boolean },
): Promise<Composed> {
  const { accountId, messageId } = act;
  const [row] = await findItemMessages(deps.pool, accountId, [messageId]);
  const [place] = await findConversationsOfMessages(deps.pool, accountId, [messageId]);
  if (row?.direction !== "out" || !place) {
    throw new AppError("not_found", "There is no such message in a conversation.");
  }
  const nothing = { version: 0, notes: [], events: [], nowMs: deps.clock.now() };
  const shown = await loadItems(deps.pool, { accountId, ...nothing, messageIds: [messageId] });
  const item = shown.get(messageId);
  const failure = item?.type === "message" ? item.failure : null;
  if (!failure) throw new AppError("conflict", "The message has not failed.");
  if (failure.retry === "never") throw new AppError("conflict", failure.retry_why.en);
  const { conversationId } = place;
  return composeMessage(deps, { ...act, conversationId }, await readAgain(deps, { act, row }));
}

/** What a stored message would have to be asked for with. */
async function readAgain(
  deps: ComposeDeps,
  { act, row }: { act: Agent & { key: string }; row: ThreadMessageRow },
): Promise<Composition> {
  const { accountId, key } = act;
  const isSession = ["interactive", "location", "contacts", "reaction"].includes(row.kind);
  return {
    key,
    text: row.template === null && !isSession ? row.body : null,
    template: row.template && { number: row.template.number },
    variables: row.template ? await findVariables(deps.pool, accountId, row.id) : [],
    media: readMedia(row),
    mediaName: "",
    extras: await readExtras(deps, accountId, row),
  };
}

function readMedia({ media }: ThreadMessageRow): MediaIntake | null {
  const { source, file } = (media ?? {}) as {
    source?: { kind: string; storageKey?: string; url?: string };
    file?: { sha256: string; bytes: number; mime: string } | null;
  };
  const type = file ? findMediaType(file.mime) : null;
  if (source?.storageKey !== undefined && file && type !== null) {
    const { sha256, bytes } = file;
    return { kind: "file", file: { storageKey: source.storageKey, sha256, bytes, type } };
  }
  return source?.url === undefined ? null : { kind: "url", url: source.url };
}

async function readExtras(
  deps: ComposeDeps,
  accountId: string,
  row: ThreadMessageRow,
): Promise<SendExtras | null> {
  if (row.content === null) return null;
  const said = readSaid(row.content as StoredContent);
  const id = row.replyTo;
  const known = await findReferredMessages(deps, { accountId, projectId: null }, id ? [id] : []);
  const found = known.get(id ?? "");
  const referred = found === undefined || found === "not-sent" ? null : found;
  const place = row.template ? said.place : null;
  return { session: readSession(row, said), referred, payloads: said.payloads, place };
}

function readSession(
  row: ThreadMessageRow,
  { interactive, place, contact, emoji }: ReturnType<typeof readSaid>,
): SendExtras["session"] {
  if (row.template) return null;
  if (interactive) return { kind: "interactive", interactive };
  if (place) return { kind: "location", place };
  if (contact) return { kind: "contacts", contact };
  if (emoji === null || row.replyTo === null) return null;
  return { kind: "reaction", reaction: { message_id: row.replyTo, emoji } };
}
