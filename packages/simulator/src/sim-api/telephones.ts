import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { SimulatorState } from "@recado/contract/simulator-api";
import type { FastifyInstance } from "fastify";
import { isShown } from "../live.ts";
import type { SimulatorParts } from "../simulator-parts.ts";
import type { MediaRow } from "../store/media.ts";
import { toArrivedMessage, toThreadItem } from "../store/messages.ts";
import { findMagicRole } from "../telephones/magic.ts";
import type { Writing } from "../telephones/write-inbound.ts";
import { notFound, parseBody, sendProblem } from "./problem.ts";
import { behaviourSchema, inboundSchema, readSchema } from "./schemas.ts";
import { streamList } from "./stream-list.ts";

const isHarmless = /^(image\/(png|jpeg|webp|gif)|video\/|audio\/|application\/pdf$|text\/plain)/;
const inboundBodyBytesMax = 32 * 1024 * 1024;
const mediaBytesMax = 16 * 1024 * 1024;

/** What the telephones show and what people do on them. */
export function addTelephoneRoutes(app: FastifyInstance, parts: SimulatorParts): void {
  const { messages } = parts;
  app.get("/state", async () => formatState(parts));
  app.get<{ Querystring: { to?: string; failed?: string } }>("/messages", (request, reply) => {
    const to = request.query.to?.replace(/^[+ ]/, "");
    const withFailed = request.query.failed === "1";
    return streamList(
      reply,
      (after, limit) => messages.page(after, limit, to),
      (row) => (isListed(row, withFailed) ? toArrivedMessage(row) : null),
    );
  });
  app.get<{ Params: { mobile: string } }>("/threads/:mobile", (request, reply) =>
    streamList(
      reply,
      (after, limit) => messages.page(after, limit, request.params.mobile.replace(/^\+/, "")),
      (row) => (isShown(row) ? toThreadItem(row) : null),
    ),
  );
  app.get<{ Params: { id: string } }>("/media/:id", (request, reply) => {
    const row = parts.media.find(request.params.id);
    if (row === undefined) return sendProblem(reply, notFound("There is no such attachment."));
    return reply
      .type(row.mime)
      .headers({
        "content-length": row.bytes,
        "x-content-type-options": "nosniff",
        // What a browser could run as part of the page is only ever saved.
        "content-disposition": isHarmless.test(row.mime) ? "inline" : "attachment",
      })
      .send(parts.mediaFiles.read(row.id));
  });
  app.get("/live", (request, reply) => {
    parts.live.open(request, reply, parts.store.nextSequence());
  });
  app.post("/behaviour", async (request, reply) => {
    const { value, problem } = parseBody(behaviourSchema, request.body);
    if (problem !== undefined) return sendProblem(reply, problem);
    const named = Object.entries(value).filter(([, one]) => one !== undefined);
    const changed = await parts.behaviour.change(Object.fromEntries(named));
    parts.wakePosting();
    parts.live.changed();
    return changed;
  });
  app.post("/reset", async () => {
    await parts.reset();
    return { ok: true };
  });
  addWritingRoutes(app, parts);
}

function isListed(row: { direction: string; arrived: number }, withFailed: boolean): boolean {
  return row.direction === "in" && (withFailed || row.arrived === 1);
}

function formatState(parts: SimulatorParts): SimulatorState {
  return {
    numbers: parts.numbers
      .list()
      .map(({ id, displayNumber, verifiedName }) => ({ id, displayNumber, verifiedName })),
    telephones: parts.messages.listTelephones().map((one) => ({
      mobile: one.mobile,
      lastAt: new Date(one.last_at).toISOString(),
      unread: one.unread,
    })),
    behaviour: parts.behaviour.current,
    receivers: parts.receivers.listNames(),
    cursor: parts.store.nextSequence(),
  };
}

function addWritingRoutes(app: FastifyInstance, parts: SimulatorParts): void {
  app.post("/inbound", { bodyLimit: inboundBodyBytesMax }, async (request, reply) => {
    const { value, problem } = parseBody(inboundSchema, request.body);
    if (problem !== undefined) return sendProblem(reply, problem);
    const number = parts.numbers.findByDisplayNumber(value.to);
    if (number === undefined) {
      return sendProblem(
        reply,
        notFound(`to: no official number ${value.to} is registered (POST /sim/numbers).`),
      );
    }
    const quoted = value.replyTo ? parts.messages.find(value.replyTo) : undefined;
    if (value.replyTo && quoted?.mobile !== value.from) {
      return sendProblem(reply, notFound("replyTo: no such message in the chat of that mobile."));
    }
    let payload: Writing["payload"];
    if (value.media !== undefined) {
      const kept = await keepMedia(parts, number.id, value.media);
      if (kept === null) {
        const detail = `media.base64: more than ${mediaBytesMax} bytes`;
        return sendProblem(reply, { status: 413, title: "Muy grande / Too large", detail });
      }
      const { kind, caption = null } = value.media;
      payload = { type: "media", kind, media: kept, caption };
    } else if (value.location !== undefined) {
      const { name = null, address = null, ...degrees } = value.location;
      payload = { type: "location", ...degrees, name, address };
    } else if (value.button !== undefined) {
      payload = { type: "button", text: value.button };
    } else {
      payload = { type: "text", text: value.text ?? "" };
    }
    const id = await parts.store.write(() =>
      parts.write({ number, mobile: value.from, quoted, payload }),
    );
    parts.wakePosting();
    parts.live.changed();
    return { id };
  });
  app.post("/read", async (request, reply) => {
    const { value, problem } = parseBody(readSchema, request.body);
    if (problem !== undefined) return sendProblem(reply, problem);
    const read = await readChat(parts, value.mobile);
    return { read };
  });
}

async function keepMedia(
  parts: SimulatorParts,
  numberId: string,
  media: { mime: string; base64: string; name?: string | undefined },
): Promise<MediaRow | null> {
  const bytes = Buffer.from(media.base64, "base64");
  const stored = await parts.mediaFiles.write(Readable.from([bytes]), mediaBytesMax);
  if (stored === null) return null;
  const row: MediaRow = {
    id: stored.id,
    number_id: numberId,
    mime: media.mime,
    bytes: stored.bytes,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    name: media.name ?? null,
    source_url: null,
    origin: "person",
    created_at: parts.clock(),
  };
  await parts.store.write(() => parts.media.insert(row));
  return row;
}

/** The person opens the chat: what lay delivered is read now, except where the telephone's part is not to. */
async function readChat(parts: SimulatorParts, mobile: string): Promise<number> {
  const role = findMagicRole(mobile)?.kind;
  if (role === "never-read" || role === "never-delivered") return 0;
  const now = parts.clock();
  const read = await parts.store.write(() => {
    const unread = parts.messages
      .listUnread(mobile)
      .filter((row) => row.type !== "reaction" && !parts.events.willBeRead(row.seq));
    for (const row of unread) {
      const step = { kind: "read", dueInMs: 0, happenedInMs: 0, copies: 1 } as const;
      parts.events.insertSteps(row.seq, [step], now);
    }
    return unread.length;
  });
  if (read > 0) parts.meta.expectStep(now);
  return read;
}
