import { liveQuery } from "@recado/contract/console/inbox-live";
import type { FastifyReply, FastifyRequest } from "fastify";
import { refuseField } from "../../accounts/check-fields.ts";
import { peekSession } from "../../accounts/sessions.ts";
import { AppError } from "../../platform/app-error.ts";
import { readSessionCookie } from "../session-cookie.ts";
import { type ConsoleApp, type ConsoleDeps, callerOf } from "./console-deps.ts";
import { checkPermission } from "./serve-console.ts";

/**
 * Adds `GET /live`: what happens in the inbox, as server-sent events (`inbox-live.ts` of the contract). It ends with the
 * session, with the permission, and when the page does not take what is sent; the page then comes back with the last
 * number that it has.
 */
export function registerLive(app: ConsoleApp, deps: ConsoleDeps): void {
  app.get("/live", { schema: { querystring: liveQuery } }, async (request, reply) => {
    const caller = callerOf(request);
    checkPermission(caller, "inbox.read");
    const { accountId, userId } = caller;
    const { after, client: clientId, person } = request.query;
    // The cookie is the browser's, and an old page of it may be somebody else's.
    if (person !== undefined && person !== userId) {
      throw new AppError("forbidden", "Somebody else has signed in.");
    }
    const from = readLastId(request) ?? after ?? null;
    const { raw } = reply;
    let isOpen = false;
    const sink = {
      write(text: string) {
        open(reply);
        isOpen = true;
        raw.write(text);
      },
      waiting: () => raw.writableLength,
      end: () => void raw.destroy(),
    };
    const stop = await deps.live.listen({
      ...{ accountId, userId, clientId, after: from, sink },
      mayGoOn: () => mayListen(request, deps),
    });
    request.raw.socket.setKeepAlive(true, 15_000);
    raw.on("close", stop);
    if (raw.destroyed) stop();
    if (!isOpen) open(reply);
    return reply;
  });
}

const HEAD = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-content-type-options": "nosniff",
  // Else a proxy keeps what is sent until it has enough of it.
  "x-accel-buffering": "no",
};

/** From the first word on the answer is ours: until then a refusal is a problem like any other. */
function open(reply: FastifyReply): void {
  if (reply.sent) return;
  reply.hijack();
  reply.raw.writeHead(200, HEAD);
  reply.raw.write("retry: 1000\n\n");
}

/** What the browser itself remembers goes before what the page asked for at first. */
function readLastId(request: FastifyRequest): number | null {
  const text = request.headers["last-event-id"];
  if (text === undefined || text === "") return null;
  if (typeof text === "string" && /^\d{1,15}$/u.test(text)) return Number(text);
  return refuseField("Last-Event-ID", "is no number of the log");
}

async function mayListen(request: FastifyRequest, deps: ConsoleDeps): Promise<boolean> {
  const session = await peekSession(deps, readSessionCookie(request));
  if (session?.state !== "open") return false;
  const before = callerOf(request);
  return session.userId === before.userId && session.role === before.role;
}
