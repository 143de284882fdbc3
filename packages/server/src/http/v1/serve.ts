import type { V1Operation } from "@recado/contract/v1/operation";
import { BODY_BYTES_MAX } from "@recado/contract/v1/operations";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { checkScope } from "../../accounts/access.ts";
import { callerOf, type V1App, type V1Exchange } from "./v1-deps.ts";

type Read<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Part<Op, Key extends string> = Op extends { [K in Key]: infer Schema }
  ? Read<Schema>
  : undefined;
type Answer<Op extends V1Operation> = Op["answer"] extends {
  schema: infer Schema extends z.ZodType;
}
  ? z.input<Schema>
  : unknown;

/** What a call brought, each part as its schema reads it. */
export interface V1Call<Op extends V1Operation> extends V1Exchange {
  params: Part<Op, "params">;
  query: Part<Op, "query">;
  body: Part<Op, "body">;
}

/** Serves one call of the table, by its schemas and for its scope. */
export type Serve = <Op extends V1Operation>(
  operation: Op,
  handle: (call: V1Call<Op>) => Promise<Answer<Op>>,
) => void;

/** A {@link Serve} that adds to `app`. What a schema does not name is not accepted, and not sent. */
export function createServe(app: V1App): Serve {
  return (operation, handle) => {
    const { params, query, body, bodyOptional, answer, scope } = operation as V1Operation;
    app.route({
      method: operation.method,
      url: operation.path,
      bodyLimit: BODY_BYTES_MAX,
      schema: {
        ...(params && { params }),
        ...(query && { querystring: query }),
        ...(body && { body }),
        ...(answer.schema && { response: { [answer.status]: answer.schema } }),
      },
      // Before the body is read: whoever may not call need not be listened to.
      onRequest: async (request) => {
        checkScope(callerOf(request), scope);
        if (bodyOptional && !hasBody(request)) delete request.headers["content-type"];
      },
      preValidation: async (request) => {
        if (bodyOptional) request.body ??= {};
      },
      async handler(request, reply) {
        reply.code(answer.status);
        const caller = callerOf(request);
        const call = { ...readParts(request), caller, request, reply };
        const result = await handle(call as unknown as Parameters<typeof handle>[0]);
        return reply.sent ? reply : reply.send(result ?? undefined);
      },
    });
  };
}

/** Many clients name a type for a body that they do not send. */
function hasBody({ headers }: FastifyRequest): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}

function readParts({ params, query, body }: { params: unknown; query: unknown; body: unknown }) {
  return { params, query, body };
}
