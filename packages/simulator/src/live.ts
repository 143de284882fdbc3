import type { LiveEvent } from "@recado/contract/simulator-api";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { BehaviourKeeper } from "./behaviour.ts";
import { type MessageRow, type Messages, toThreadItem } from "./store/messages.ts";
import { type Receivers, toReceivedWebhook } from "./store/receivers.ts";

/** What the live stream reads. */
export interface LiveParts {
  messages: Messages;
  receivers: Receivers;
  behaviour: BehaviourKeeper;
  /** Sequence of the last reset; 0 if there was none. */
  resetVersion(): number;
}

/** Server-sent events for the page. */
export interface Live {
  /** Opens the stream of one page; from `Last-Event-ID`, else from `?cursor=`, else from now. */
  open(request: FastifyRequest, reply: FastifyReply, now: number): void;
  /** Something was committed that the page shows. */
  changed(): void;
  close(): void;
}

const gatherMs = 40;
const eventsAtOnceMax = 200;
const heartbeatMs = 15_000;
const clientsMax = 100;

interface Client {
  cursor: number;
  reply: FastifyReply;
}

/**
 * The stream is read from the tables and never kept: each row carries the sequence of its last change, and a page
 * is sent the rows that changed after its cursor. So a page that comes back misses nothing, after a restart too;
 * a row that changed twice meanwhile is told once, as it now is.
 */
export function createLive(parts: LiveParts): Live {
  const clients = new Set<Client>();
  let timer: NodeJS.Timeout | undefined;
  const heartbeat = setInterval(() => {
    for (const { reply } of clients) reply.raw.write(": alive\n\n");
  }, heartbeatMs).unref();

  function changed(): void {
    if (clients.size === 0 || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      let isMore = false;
      for (const client of clients) isMore = sendNews(parts, client) || isMore;
      if (isMore) changed();
    }, gatherMs);
  }

  return {
    changed,
    open(request, reply, now) {
      if (clients.size >= clientsMax) {
        void reply.code(503).header("retry-after", "5").send();
        return;
      }
      const client = { cursor: cursorOf(request, now), reply };
      reply.hijack();
      reply.raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      });
      reply.raw.write("retry: 1000\n\n");
      clients.add(client);
      reply.raw.on("close", () => clients.delete(client));
      changed();
    },
    close() {
      clearTimeout(timer);
      clearInterval(heartbeat);
      for (const { reply } of clients) reply.raw.end();
      clients.clear();
    },
  };
}

function cursorOf(request: FastifyRequest, now: number): number {
  const query = request.query as { cursor?: string };
  const given = Number(request.headers["last-event-id"] ?? query.cursor ?? Number.NaN);
  return Number.isSafeInteger(given) ? given : now;
}

/** Writes what is new to one page; true when there is more than one helping. */
function sendNews(parts: LiveParts, client: Client): boolean {
  const helping = collect(parts, client.cursor);
  for (const { version, event } of helping) {
    client.reply.raw.write(`id: ${version}\ndata: ${JSON.stringify(event)}\n\n`);
    client.cursor = version;
  }
  return helping.length === eventsAtOnceMax;
}

function collect(parts: LiveParts, cursor: number): { version: number; event: LiveEvent }[] {
  const news: { version: number; event: LiveEvent }[] = [];
  const resetVersion = parts.resetVersion();
  if (resetVersion > cursor) news.push({ version: resetVersion, event: { kind: "reset" } });
  const { current, version } = parts.behaviour;
  if (version > cursor) news.push({ version, event: { kind: "behaviour", behaviour: current } });
  for (const row of parts.messages.changedAfter(cursor, eventsAtOnceMax)) {
    if (isShown(row)) {
      news.push({ version: row.version, event: { kind: "thread", item: toThreadItem(row) } });
    }
  }
  for (const row of parts.receivers.listAfter(cursor, eventsAtOnceMax)) {
    const webhook = toReceivedWebhook(row);
    news.push({ version: row.seq, event: { kind: "receiver", name: row.name, webhook } });
  }
  return news.toSorted((one, other) => one.version - other.version).slice(0, eventsAtOnceMax);
}

/** A reaction shows on the bubble that it is about, not as one of its own. */
export function isShown(row: MessageRow): boolean {
  return row.type !== "reaction";
}
