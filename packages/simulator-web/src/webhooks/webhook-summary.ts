import type { ArrivedMessage, ReceivedWebhook } from "@recado/contract/simulator-api";

/** What an integrator's webhook tells; `other` is whatever the five documented shapes are not. */
export type WebhookKind = "sent" | "delivered" | "read" | "failed" | "reply" | "other";

/** The kinds in the order in which a message lives through them. */
export const webhookKinds: readonly WebhookKind[] = [
  "sent",
  "delivered",
  "read",
  "failed",
  "reply",
  "other",
];

/** A webhook's body in the words of the page. */
export interface WebhookSummary {
  kind: WebhookKind;
  /** The platform's id; null for a reply. */
  messageId: string | null;
  /** WhatsApp's id, which is the bubble's; null when the body does not say. */
  whatsappId: string | null;
  /** Who replied; null for the other kinds, which do not name the telephone. */
  mobile: string | null;
  /** What a person would want to read at a glance: the reply's text, the failure's code and reason. */
  gist: string | null;
}

/** Reads a webhook's body; never refuses one. */
export function summarizeWebhook(webhook: ReceivedWebhook): WebhookSummary {
  const body = asRecord(webhook.body);
  const summary: WebhookSummary = {
    kind: "other",
    messageId: textOf(body.messageId) ?? textOf(body["&messageId"]),
    whatsappId: textOf(body.messageId_whatsapp),
    mobile: null,
    gist: null,
  };
  if (body.type === "message-event") {
    const kind = webhookKinds.find((known) => known === body.type2) ?? "other";
    const reason = [textOf(body.code), textOf(body.reason)].filter(Boolean).join(" · ");
    return { ...summary, kind, gist: kind === "failed" ? reason : null };
  }
  if (typeof body.mobile === "string" && "message" in body) {
    const gist = textOf(body.message) ?? textOf(body.media_name) ?? textOf(body.kind);
    return { ...summary, kind: "reply", mobile: body.mobile, gist };
  }
  return summary;
}

/** Which telephone each message belongs to, by either of its ids, as far as what arrived tells. */
export function indexTelephones(
  summaries: readonly WebhookSummary[],
  arrived: readonly Pick<ArrivedMessage, "id" | "to" | "opaque">[],
): ReadonlyMap<string, string> {
  const mobiles = new Map<string, string>();
  for (const message of arrived) {
    mobiles.set(message.id, message.to);
    if (message.opaque !== null) {
      mobiles.set(message.opaque, message.to);
    }
  }
  // A `sent` names both ids; a `failed` of the same message only the platform's.
  for (const { messageId, whatsappId } of summaries) {
    const mobile = whatsappId === null ? undefined : mobiles.get(whatsappId);
    if (messageId !== null && mobile !== undefined) {
      mobiles.set(messageId, mobile);
    }
  }
  return mobiles;
}

/** The telephone that a webhook is about; null when nothing tells. */
export function findTelephone(
  summary: WebhookSummary,
  mobiles: ReadonlyMap<string, string>,
): string | null {
  return (
    summary.mobile ??
    mobiles.get(summary.whatsappId ?? "") ??
    mobiles.get(summary.messageId ?? "") ??
    null
  );
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
