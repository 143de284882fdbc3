import { StatusTag } from "../../ui/status-tag.tsx";
import type { Delivery, Endpoint } from "./endpoint-calls.ts";
import { webhookWords } from "./i18n/webhook-words.ts";

/** How an endpoint stands: enabled, failing for a while, or shut. */
export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const say = webhookWords.useWords();
  if (endpoint.state === "disabled") {
    return <StatusTag kind="bad">{say("state.disabled")}</StatusTag>;
  }
  if (endpoint.failing_since !== null) {
    return <StatusTag kind="wait">{say("state.failing")}</StatusTag>;
  }
  return <StatusTag kind="good">{say("state.enabled")}</StatusTag>;
}

const STANDINGS = {
  pending: "wait",
  calling: "accent",
  delivered: "good",
  exhausted: "bad",
  parked: "mute",
} as const;

/** How a delivery stands. */
export function DeliveryState({ state }: { state: Delivery["state"] }) {
  const say = webhookWords.useWords();
  return <StatusTag kind={STANDINGS[state]}>{say(`delivery.states.${state}`)}</StatusTag>;
}
