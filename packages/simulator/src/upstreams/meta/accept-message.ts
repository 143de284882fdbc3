import { toMediaOnTelephone } from "../../store/media.ts";
import { planLife } from "../../telephones/plan-life.ts";
import type { CheckedSend } from "./checked-send.ts";
import type { Attachment, Content } from "./content.ts";
import type { MetaParts } from "./meta-parts.ts";

/** Keeps an accepted message and its whole future in one transaction; `id` is the provider's id of it. */
export async function acceptMessage(
  parts: MetaParts,
  sent: CheckedSend,
  id: string,
): Promise<void> {
  const now = parts.clock();
  const link = linkOf(sent.content.attachment);
  const nextDueAt = await parts.store.write(() => {
    const failure = findLateFailure(parts, sent, now);
    const steps = planLife({
      role: sent.role,
      failure,
      isReaction: sent.content.type === "reaction",
      statusDelayMs: parts.behaviour.current.statusDelayMs,
      failRate: parts.behaviour.current.failRate,
      reorder: parts.behaviour.current.reorder,
      random: parts.random,
    });
    const arrives = steps.some((step) => step.kind !== "failed");
    const seq = insertMessage(parts, sent, { id, now, arrived: arrives && link === undefined });
    // A linked file is fetched first; what happens then is planned by whoever has fetched it.
    if (link !== undefined && arrives) {
      const { kind, name } = link.attachment;
      parts.events.insertFetch({ message_seq: seq, url: link.url, kind, name });
      return undefined;
    }
    if (arrives) react(parts, sent.content);
    parts.events.insertSteps(seq, steps, now);
    return Math.min(...steps.map((step) => now + step.dueInMs));
  });
  if (nextDueAt === undefined) parts.fetchLinks();
  else parts.expectStep(nextDueAt);
  parts.changed();
}

function linkOf(attachment: Attachment | undefined) {
  return attachment !== undefined && "link" in attachment.source
    ? { attachment, url: attachment.source.link }
    : undefined;
}

function insertMessage(
  parts: MetaParts,
  sent: CheckedSend,
  kept: { id: string; now: number; arrived: boolean },
): number {
  const { content, number } = sent;
  const { attachment } = content;
  const row =
    attachment !== undefined && "row" in attachment.source ? attachment.source.row : undefined;
  return parts.messages.insert({
    ...content,
    id: kept.id,
    provider: number.provider,
    numberId: number.id,
    mobile: sent.mobile,
    official: number.displayNumber,
    direction: "in",
    payloads: content.payloads ?? null,
    media: row && attachment ? toMediaOnTelephone(row, attachment.kind, attachment.name) : null,
    mediaId: row?.id ?? null,
    mediaInHeader: attachment?.place === "header",
    replyTo: sent.replyTo,
    opaque: sent.opaque,
    status: "pending",
    arrived: kept.arrived,
    at: kept.now,
  });
}

/** Faults that the real service finds after its 200: a closed window, an unfit file, a wrong target. */
function findLateFailure(
  parts: MetaParts,
  { content, number, mobile }: CheckedSend,
  now: number,
): { code: number; details?: string } | undefined {
  if (content.lateFailure !== undefined) return content.lateFailure;
  if (content.type !== "template" && !parts.windows.isOpen(number.id, mobile, now)) {
    return { code: 131047 };
  }
  if (content.reaction === undefined) return undefined;
  const target = parts.messages.find(content.reaction.messageId);
  const isFit =
    target?.mobile === mobile &&
    target.type !== "reaction" &&
    now - target.at < reactionTargetAgeMsMax;
  return isFit ? undefined : { code: 131009, details: "Reaction target is not valid" };
}

const reactionTargetAgeMsMax = 30 * 24 * 60 * 60 * 1000;

function react(parts: MetaParts, { reaction }: Content): void {
  if (reaction === undefined) return;
  const target = parts.messages.find(reaction.messageId);
  if (target !== undefined) parts.messages.setReaction(target.seq, reaction.emoji || null);
}
