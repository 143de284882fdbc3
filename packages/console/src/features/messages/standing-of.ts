import type { Standing } from "../../ui/state-badge.tsx";
import type { MessageStatus } from "./message-filter.ts";

const STANDINGS: Record<MessageStatus, Standing> = {
  held: "wait",
  scheduled: "wait",
  accepted: "wait",
  submitted: "wait",
  sent: "accent",
  delivered: "accent",
  read: "good",
  failed: "bad",
  cancelled: "mute",
  received: "good",
};

/** How a message's status looks. */
export function standingOf(status: MessageStatus): Standing {
  return STANDINGS[status];
}
