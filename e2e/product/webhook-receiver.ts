import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { findFreePorts } from "./free-ports.ts";

/** A webhook that was answered 200 for the first time under its id, its signature having been right. */
export interface TakenWebhook {
  id: string;
  body: Record<string, unknown>;
}

/** An integrator of the test's own, which outlives any part of the product. */
export interface WebhookReceiver {
  /** `host:port`, for `PRIVATE_HOSTS_ALLOWED`. */
  host: string;
  url: string;
  /** What signs its webhooks; until it is set everything is answered 503. */
  secret: string | null;
  /** In the order in which they came; a repeat under the same id is left out. */
  taken: TakenWebhook[];
  /** Webhooks whose signature was wrong. */
  forged: number;
  close(): Promise<void>;
}

/** Starts a {@link WebhookReceiver} on 127.0.0.1. */
export async function openWebhookReceiver(): Promise<WebhookReceiver> {
  const [port = 0] = await findFreePorts(1);
  const seen = new Set<string>();
  const server = createServer(async (request, response) => {
    const raw = await text(request);
    const headers = request.headers as Record<string, string>;
    const id = headers["webhook-id"] ?? "";
    const status =
      receiver.secret === null ? 503 : verifies(receiver.secret, raw, headers) ? 200 : 401;
    if (status === 401) receiver.forged += 1;
    if (status === 200 && !seen.has(id)) {
      seen.add(id);
      receiver.taken.push({ id, body: JSON.parse(raw) });
    }
    response.writeHead(status).end();
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${port}`;
  const receiver: WebhookReceiver = {
    host,
    url: `http://${host}/webhooks`,
    secret: null,
    taken: [],
    forged: 0,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return receiver;
}

/** Whether the Standard Webhooks signature is right, by that project's own library. */
export function verifies(secret: string, raw: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(raw, headers);
    return true;
  } catch {
    return false;
  }
}
