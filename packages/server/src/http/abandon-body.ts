import type { FastifyReply, FastifyRequest } from "fastify";

/** Whoever goes on sending after the answer is listened to for so long. */
const LINGER_MS = 2_000;

/**
 * Lets a body go that was not read to its end, once the answer has left: what still comes is thrown away for two seconds,
 * so that a sender who sends first and reads afterwards gets the answer; then the connection is closed. One whose body
 * ends by then may be used again. Call it before answering, and read the body by an iterator that does not destroy it.
 */
export function abandonBody({ raw }: FastifyRequest, reply: FastifyReply): void {
  reply.raw.once("finish", () => {
    if (raw.complete || raw.destroyed) return;
    const timer = setTimeout(() => raw.socket.destroy(), LINGER_MS);
    timer.unref();
    const done = () => clearTimeout(timer);
    raw.once("end", done).once("close", done).on("error", done);
    raw.resume();
  });
}
