import { once } from "node:events";
import { createServer } from "node:http";

/** An integrator that says yes to everything and notes when each message was read. */
export interface WebhookReceiver {
  url: string;
  /** `host:port`, as PRIVATE_HOSTS_ALLOWED takes it. */
  host: string;
  /** When the webhook of kind `read` came, by message, on the clock of performance.now(). */
  readAtMs: Map<string, number>;
  /** Webhooks that came so far, by kind. */
  counts: Map<string, number>;
  stop(): Promise<void>;
}

/** Starts it on a free port. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const readAtMs = new Map<string, number>();
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (text) => {
      body += text;
    });
    request.on("end", () => {
      response.writeHead(200, { "content-length": 0 }).end();
      const kind = /"type2":"(\w+)"/u.exec(body)?.[1] ?? "other";
      const id = /"messageId":"([^"]+)"/u.exec(body)?.[1] ?? "";
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      if (kind === "read" && !readAtMs.has(id)) readAtMs.set(id, performance.now());
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const host = `127.0.0.1:${port}`;
  return {
    url: `http://${host}/`,
    host,
    readAtMs,
    counts,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
