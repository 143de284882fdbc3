import type * as messages from "@recado/contract/v1/messages";
import type { z } from "zod";
import type { Message } from "../../accounts/browse.ts";
import type { MessageTimeline } from "../../accounts/message-timeline.ts";
import { formatMoney } from "../../domain/money.ts";
import { isUserId } from "../../domain/person-address.ts";

/* Messages as `/v1` shows them; nothing that is not named here can slip out. */

type MessageOut = z.input<typeof messages.message>;
type StepOut = z.input<typeof messages.timelineStep>;

/** Makes the address of a person's file. */
export type FileLink = (message: Message) => string;

/** A message as it stands at a moment. Without `link` its file is described and not to be fetched. */
export function formatMessage(row: Message, nowMs: number, link?: FileLink): MessageOut {
  const { id, direction, category, kind, variables, source, refunded, code, reason } = row;
  // What a restore holds leaves when an operator says so, and at no hour.
  const keepsItsHour = row.status === "accepted" && row.lane !== "unknown";
  const waits = keepsItsHour && (row.scheduledAt?.getTime() ?? 0) > nowMs;
  return {
    ...{ id, direction, category, kind, variables, source, refunded, code, reason },
    project_id: row.projectId,
    // Whoever hides the number is kept under WhatsApp's id, which is no number; what was written to them as well.
    mobile: isUserId(row.mobile) ? "" : row.mobile,
    user_id: isUserId(row.mobile) ? row.mobile : row.userId,
    content: row.content,
    file: formatFile(row, link),
    status: waits ? "scheduled" : row.status,
    template: row.template === null ? null : { id: row.template, name: row.templateName ?? "" },
    text: row.body,
    reply_to: row.replyTo,
    custom_field: row.customField,
    price: formatMoney(row.price),
    whatsapp_id: row.providerMessageId,
    accepted_at: row.acceptedAt.toISOString(),
    scheduled_at: formatMoment(row.scheduledAt),
    deadline_at: formatMoment(row.deadlineAt),
    submitted_at: formatMoment(row.submittedAt),
    sent_at: formatMoment(row.sentAt),
    delivered_at: formatMoment(row.deliveredAt),
    read_at: formatMoment(row.readAt),
    failed_at: formatMoment(row.failedAt),
  };
}

function formatFile(row: Message, link: FileLink | undefined): MessageOut["file"] {
  const media = row.inboundFile;
  if (media === null) return null;
  const { kind, mime, name, bytes, error } = media;
  const stored = media.storageKey !== null;
  return {
    ...{ kind, mime, name, bytes, error },
    sha256: stored ? media.sha256 : null,
    state: stored ? "stored" : error === null ? "waiting" : "failed",
    url: error === null ? (link?.(row) ?? null) : null,
  };
}

/** A message as it was when it was accepted: the same however often, and whenever, that is asked again. */
export function formatAccepted(row: Message): MessageOut {
  const nothing = {
    ...{ code: null, reason: null, refunded: false, providerMessageId: null, lane: null },
    ...{ submittedAt: null, sentAt: null, deliveredAt: null, readAt: null, failedAt: null },
  };
  return formatMessage(
    { ...row, ...nothing, status: row.status === "held" ? "held" : "accepted" },
    row.acceptedAt.getTime(),
  );
}

/** A step and the moment that decides its place. */
type Placed = { atMs: number; step: StepOut };

/** Every step of a message's life, in order of time. */
export function formatSteps(timeline: MessageTimeline): StepOut[] {
  const others: StepOut[] = [
    ...timeline.transfers.map(
      (transfer): StepOut => ({
        type: "money",
        at: transfer.at.toISOString(),
        kind: transfer.kind,
        amount: formatMoney(transfer.debit === "wallet" ? -transfer.amount : transfer.amount),
        reference: transfer.reference,
      }),
    ),
    ...timeline.attempts.map(
      (attempt): StepOut => ({
        type: "attempt",
        at: attempt.startedAt.toISOString(),
        number: attempt.number,
        finished_at: formatMoment(attempt.finishedAt),
        ...{ outcome: attempt.outcome, code: attempt.code, reason: attempt.reason },
      }),
    ),
    ...timeline.deliveries.flatMap((delivery) =>
      delivery.calls.map((call): StepOut => formatCall(delivery, call)),
    ),
  ];
  const placed = others.map((step): Placed => ({ atMs: Date.parse(step.at), step }));
  // The sort keeps the order of equals: what happened comes before the money that it moved.
  return [...placeEvents(timeline), ...placed]
    .sort((one, other) => one.atMs - other.atMs)
    .map(({ step }) => step);
}

/**
 * WhatsApp tells its moments in whole seconds, so that one may seem to lie before what it followed: an event never
 * stands before an earlier one. Events that only say that money moved are told by the movement itself.
 */
function placeEvents({ events }: MessageTimeline): Placed[] {
  let latestMs = 0;
  return events
    .filter((event) => event.kind !== "money")
    .map((event) => {
      latestMs = Math.max(latestMs, event.at.getTime());
      const step: StepOut = {
        type: "event",
        at: event.at.toISOString(),
        name: event.kind,
        code: readText(event.data, "code"),
        reason: readText(event.data, "reason") ?? readText(event.data, "why"),
        seq: String(event.seq),
      };
      return { atMs: latestMs, step };
    });
}

function formatCall(
  delivery: MessageTimeline["deliveries"][number],
  call: MessageTimeline["deliveries"][number]["calls"][number],
): StepOut {
  return {
    type: "webhook",
    at: call.startedAt.toISOString(),
    endpoint_id: delivery.endpointId,
    delivery_id: delivery.id,
    event: delivery.kind,
    attempt: call.number,
    finished_at: formatMoment(call.finishedAt),
    http_status: call.httpStatus,
    error: call.error,
  };
}

function readText(data: unknown, key: string): string | null {
  const value = (data as Record<string, unknown> | null)?.[key];
  return typeof value === "string" ? value : null;
}

function formatMoment(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
