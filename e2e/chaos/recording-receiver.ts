import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { ReceivedEvent } from "./records.ts";

/** An integrator that writes down everything that comes, and can fall silent. */
export interface RecordingReceiver {
  url: string;
  /** `host:port`, as PRIVATE_HOSTS_ALLOWED takes it. */
  host: string;
  /** Signs what it gets; until it is set everything is answered 503. */
  secret: string;
  /** What was answered 200, in the order of the answers. */
  taken: ReceivedEvent[];
  /** Signatures that were wrong. */
  forged: number;
  /** Signatures that were right, of a time more than five minutes away: refused, as libraries do. */
  stale: number;
  /** From now on calls are taken and never answered. */
  freeze(): void;
  /** Answers again. What came meanwhile is answered now, or (`forget`) never. */
  thaw(after: "answer" | "forget"): void;
  close(): Promise<void>;
}

const TOLERANCE_S = 300;

/** Starts it on a free port of 127.0.0.1. */
export async function openRecordingReceiver(): Promise<RecordingReceiver> {
  let frozen = false;
  let held: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const raw = await text(request).catch(() => null);
    if (raw === null) return;
    const answer = () => take(receiver, { request, response, raw });
    if (frozen) held.push(answer);
    else answer();
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const receiver: RecordingReceiver = {
    url: `http://${host}/webhooks`,
    host,
    secret: "",
    taken: [],
    forged: 0,
    stale: 0,
    freeze() {
      frozen = true;
    },
    thaw(after) {
      frozen = false;
      if (after === "answer") for (const answer of held) answer();
      held = [];
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return receiver;
}

function take(
  receiver: RecordingReceiver,
  call: { request: IncomingMessage; response: ServerResponse; raw: string },
): void {
  const { request, response, raw } = call;
  const id = String(request.headers["webhook-id"] ?? "");
  const status = receiver.secret === "" ? 503 : judge(receiver, request, raw);
  response.writeHead(status, { "content-length": 0 }).end();
  if (status !== 200) return;
  const body = JSON.parse(raw) as { type2?: string; messageId?: string };
  const { type2 = "other", messageId = "" } = body;
  receiver.taken.push({ deliveryId: id, messageId, kind: type2 });
}

/** Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, by the bytes behind `whsec_`. */
function judge(receiver: RecordingReceiver, request: IncomingMessage, raw: string): number {
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": given } = request.headers;
  const key = Buffer.from(receiver.secret.replace(/^whsec_/u, ""), "base64");
  const right = createHmac("sha256", key).update(`${id}.${at}.${raw}`).digest();
  const isRight = String(given ?? "")
    .split(" ")
    .map((one) => Buffer.from(one.replace(/^v1,/u, ""), "base64"))
    .some((one) => one.length === right.length && timingSafeEqual(one, right));
  if (!isRight) {
    receiver.forged += 1;
    return 401;
  }
  if (Math.abs(Date.now() / 1000 - Number(at)) <= TOLERANCE_S) return 200;
  receiver.stale += 1;
  return 401;
}
