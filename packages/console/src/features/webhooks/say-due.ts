import type { Say } from "../../i18n/words.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import type { es } from "./i18n/es.ts";

/** What of a delivery says when it is tried next. */
export interface DueDelivery {
  state: "pending" | "calling" | "delivered" | "exhausted" | "parked";
  due_at: string | null;
}

/** When a delivery is tried next; empty: never again. A moment that has passed is no moment to wait for. */
export function sayNext({ state, due_at: due }: DueDelivery, say: Say<typeof es>): string {
  const when = judgeDue({ state, due_at: due }, Date.now());
  if (when === "never") return "";
  return when === "later" ? formatFull(due ?? "") : say(`delivery.next.${when}`);
}

/** Why a delivery was not tried yet. */
export function sayNotTried({ state, due_at: due }: DueDelivery, say: Say<typeof es>): string {
  const when = judgeDue({ state, due_at: due }, Date.now());
  return say(`delivery.notTried.${when}`, { at: due === null ? "" : formatFull(due) });
}

/** `now`: its moment has come, and what goes before it goes first. `enabled`: when its address is enabled again. */
export function judgeDue(
  { state, due_at: due }: DueDelivery,
  nowMs: number,
): "never" | "calling" | "enabled" | "now" | "later" {
  if (state === "parked") return "enabled";
  if (state === "calling") return "calling";
  if (state !== "pending" || due === null) return "never";
  return Date.parse(due) > nowMs ? "later" : "now";
}
