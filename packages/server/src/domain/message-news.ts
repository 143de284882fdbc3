import type {
  FailedPayload,
  ProgressPayload,
  ReadPayload,
} from "@recado/contract/webhook-payloads";
import { makeDeliveredBody, makeFailedBody, makeReadBody, makeSentBody } from "./webhook-body.ts";

/** What integrators are told of a message that went out. */
export type MessageNews = "failed" | "sent" | "delivered" | "read";

/** Whether an event of this kind is told to integrators, when it comes in time. */
export function isMessageNews(kind: string): kind is MessageNews {
  return kind === "failed" || kind === "sent" || kind === "delivered" || kind === "read";
}

/** All that a body of {@link MessageNews} is made of; what is not known is absent. */
export interface NewsFacts {
  messageId: string;
  /** WhatsApp's own id of the message. */
  whatsappId: string;
  /** WhatsApp's own timestamp. */
  at: Date;
  /** The project's; absent: Bogota's. */
  timeZone: string | undefined;
  code: string | null | undefined;
  reason: string | null | undefined;
}

/** The body by which an integrator learns of it, by webhook or by pulling. */
export function makeMessageBody(
  kind: MessageNews,
  facts: NewsFacts,
): FailedPayload | ProgressPayload | ReadPayload {
  const { messageId, code, reason, timeZone = "America/Bogota" } = facts;
  const progress = { ...facts, timeZone };
  switch (kind) {
    case "failed":
      return makeFailedBody({ messageId, code: code ?? "402", reason: reason ?? "" });
    case "sent":
      return makeSentBody(progress);
    case "delivered":
      return makeDeliveredBody(progress);
    case "read":
      return makeReadBody(progress);
  }
}
