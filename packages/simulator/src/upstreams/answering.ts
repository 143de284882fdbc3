import type { FastifyReply, FastifyRequest } from "fastify";
import type { BehaviourKeeper } from "../behaviour.ts";

/** Nothing was accepted, and the caller cannot know it: the connection ends without an answer. */
export function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

/** Waits as long as the simulator was told to before it answers. */
export async function dawdle(parts: { behaviour: BehaviourKeeper }): Promise<void> {
  const { latencyMs } = parts.behaviour.current;
  if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
}
