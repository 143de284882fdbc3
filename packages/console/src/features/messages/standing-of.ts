import type { ComponentProps } from "react";
import type { StatusTag } from "../../ui/status-tag.tsx";
import type { MessageStatus } from "./message-filter.ts";

type Standing = ComponentProps<typeof StatusTag>["kind"];

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
