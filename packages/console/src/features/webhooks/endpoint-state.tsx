import { StateBadge } from "../../ui/state-badge.tsx";
import type { Delivery, Endpoint } from "./endpoint-calls.ts";
import { webhookWords } from "./i18n/webhook-words.ts";

/** How an endpoint stands: enabled, failing for a while, or shut. */
export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const say = webhookWords.useWords();
  if (endpoint.state === "disabled") {
    return <StateBadge standing="bad">{say("state.disabled")}</StateBadge>;
  }
  if (endpoint.failing_since !== null) {
    return <StateBadge standing="wait">{say("state.failing")}</StateBadge>;
  }
  return <StateBadge standing="good">{say("state.enabled")}</StateBadge>;
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
  return <StateBadge standing={STANDINGS[state]}>{say(`delivery.states.${state}`)}</StateBadge>;
}
