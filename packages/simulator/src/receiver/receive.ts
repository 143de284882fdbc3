import type { IncomingHttpHeaders } from "node:http";
import { Webhook } from "standardwebhooks";
import type { Clock } from "../clock.ts";
import type { Store } from "../store/open-store.ts";
import type { Receivers } from "../store/receivers.ts";

/** A delivery to the simulator in its part as the integrator. */
export interface Delivery {
  name: string;
  headers: IncomingHttpHeaders;
  raw: Buffer;
}

/** What playing the integrator needs. */
export interface ReceiverParts {
  store: Store;
  receivers: Receivers;
  clock: Clock;
}

/**
 * Keeps a delivery, refused or not, and says how to answer it. It is on disk before the answer is given, so that
 * nothing that was answered 2xx can be missing after a kill.
 */
export async function receive(
  { store, receivers, clock }: ReceiverParts,
  { name, headers, raw }: Delivery,
): Promise<{ status: number; delayMs: number }> {
  const text = raw.toString("utf8");
  const flat = Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key, String(value)]),
  );
  return store.write(() => {
    const { secret, behaviour } = receivers.find(name);
    const told = behaviour ?? { status: 200, delayMs: 0, times: 0 };
    if (behaviour !== null) {
      const times = behaviour.times - 1;
      receivers.keepBehaviour(name, times > 0 ? { ...behaviour, times } : null);
    }
    receivers.insert({
      name,
      at: clock(),
      headers: JSON.stringify(flat),
      raw: text,
      answered: told.status,
      signature: secret === null ? null : verifySignature(secret, text, flat),
    });
    return { status: told.status, delayMs: told.delayMs };
  });
}

/** Standard Webhooks: the three headers, the timestamp within five minutes, any of the signatures. */
export function verifySignature(
  secret: string,
  raw: string,
  headers: Record<string, string>,
): "valid" | "invalid" {
  try {
    new Webhook(secret).verify(raw, headers, { jsonParse: false });
    return "valid";
  } catch {
    return "invalid";
  }
}
