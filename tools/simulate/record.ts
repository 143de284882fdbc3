import type { FaultySeed } from "./seed-plan.ts";

/*
 * What was seen from outside during a run: by integrators, by WhatsApp, by those who take webhooks. The model judges by
 * this alone, and by what the database holds at the end.
 */

/** A send as an integrator made it. */
export interface SendSeen {
  /** Its `custom_field`, which no other send has but one repeated under its key. */
  mark: string;
  account: number;
  mobile: string;
  category: "marketing" | "utility" | "service";
  /** What must not be said twice within 60 seconds. */
  saying: string;
  /** It was sent under an idempotency key: repeated as it was, it is the same send. */
  hasKey: boolean;
  atMs: number;
  /** Null: none came. */
  answer: { code: number | string; messageId: string | null; atMs: number } | null;
}

/** A call that WhatsApp got. */
export interface CallSeen {
  messageId: string;
  to: string;
  atMs: number;
  isAccepted: boolean;
  /** It said for certain that it did not accept, and the one who called has heard so. */
  isRefusalHeard: boolean;
  /** A refusal that says: not now, try again. */
  mayRepeat: boolean;
}

/** A status that WhatsApp has posted. */
export interface StatusSeen {
  messageId: string;
  status: "sent" | "delivered" | "read" | "failed";
  /** When it was first tried to post. */
  postedAtMs: number;
  /** When it was first answered with 200; null: never. */
  answeredAtMs: number | null;
}

/** A webhook that a receiver got. */
export interface HookSeen {
  endpointId: string;
  webhookId: string;
  messageId: string;
  event: string;
  atMs: number;
  /** It answered 2xx; whether that arrived is another matter. */
  isTaken: boolean;
}

/** All of it. */
export interface Record {
  plan: FaultySeed;
  sends: SendSeen[];
  calls: CallSeen[];
  statuses: StatusSeen[];
  hooks: HookSeen[];
  /** Messages that somebody asked to take back. */
  cancels: string[];
  topups: { account: number; amount: bigint; isAnswered: boolean; reference: string }[];
}
