import type { FastifyReply } from "fastify";
import type { z } from "zod";

/** A problem document (RFC 9457) with what is wrong, and where. */
export interface Problem {
  status: number;
  title: string;
  detail: string;
  errors?: { path: string; message: string }[];
}

/** Answers with a problem document. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  // As bytes, since a string would be given a charset that the media type does not have.
  return reply
    .code(problem.status)
    .header("content-type", "application/problem+json")
    .send(Buffer.from(JSON.stringify({ type: "about:blank", ...problem })));
}

/** The value, or the problem that names each wrong field. */
export function parseBody<T>(
  schema: z.ZodType<T>,
  body: unknown,
): { value: T; problem?: undefined } | { value?: undefined; problem: Problem } {
  const result = schema.safeParse(body);
  if (result.success) return { value: result.data };
  const errors = result.error.issues.map((issue) => ({
    path: issue.path.join(".") || "(body)",
    message: issue.message,
  }));
  const detail = errors.map((one) => `${one.path}: ${one.message}`).join("; ");
  return { problem: { status: 400, title: "Campo incorrecto / Wrong field", detail, errors } };
}

/** Something that was named and is not there. */
export function notFound(detail: string): Problem {
  return { status: 404, title: "No existe / Not found", detail };
}
