import { Webhook } from "standardwebhooks";

/** What is signed. */
export interface SignedContent {
  /** The webhook-id. */
  id: string;
  /** The moment of the attempt, not of the event: receivers refuse what is older than minutes. */
  at: Date;
  body: string;
}

/**
 * The three headers of Standard Webhooks. Each secret gives a signature, separated by blanks, so a
 * receiver that still has the old secret verifies as well as one that has the new one.
 */
export function signWebhook(
  content: SignedContent,
  secrets: readonly string[],
): Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string> {
  const signatures = secrets.map((secret) =>
    new Webhook(secret).sign(content.id, content.at, content.body),
  );
  return {
    "webhook-id": content.id,
    "webhook-timestamp": String(Math.floor(content.at.getTime() / 1_000)),
    "webhook-signature": signatures.join(" "),
  };
}
