import type { ConsoleOperation } from "@recado/contract/console/operation";
import { CONSOLE_BODY_BYTES_MAX } from "@recado/contract/console/operations";
import type { Permission } from "@recado/contract/console/permission";
import type { FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { z } from "zod";
import { AppError } from "../../platform/app-error.ts";
import {
  type ConsoleApp,
  type ConsoleCaller,
  type ConsoleExchange,
  callerOf,
  findCaller,
} from "./console-deps.ts";

type Read<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Part<Op, Key extends string> = Op extends { [K in Key]: infer Schema }
  ? Read<Schema>
  : undefined;
type Answer<Op extends ConsoleOperation> = Op["answer"] extends {
  schema: infer Schema extends z.ZodType;
}
  ? z.input<Schema>
  : unknown;

/** What a call brought, each part as its schema reads it. */
export interface ConsoleCall<Op extends ConsoleOperation> extends ConsoleExchange {
  /** Null only where anybody may call. */
  caller: Op["permission"] extends "none" ? ConsoleCaller | null : ConsoleCaller;
  params: Part<Op, "params">;
  query: Part<Op, "query">;
  body: Part<Op, "body">;
}

/** Serves one call of the table, by its schemas and to whom it is permitted. */
export type ConsoleServe = <Op extends ConsoleOperation>(
  operation: Op,
  handle: (call: ConsoleCall<Op>) => Promise<Answer<Op>>,
) => void;

/** A {@link ConsoleServe} that adds to `app`. What a schema does not name is not accepted, and not sent. */
export function createConsoleServe(app: ConsoleApp): ConsoleServe {
  return (operation, handle) => {
    if (!(operation as ConsoleOperation).takesFile) return addRoute(app, operation, handle);
    void app.register((files, _options, done) => {
      // A file is read as it comes, whatever its type is said to be.
      files.removeAllContentTypeParsers();
      files.addContentTypeParser("*", (_request, _payload, parsed) => parsed(null));
      addRoute(files.withTypeProvider<ZodTypeProvider>(), operation, handle);
      done();
    });
  };
}

/** Refuses with `forbidden` a person whose role lacks a permission. */
export function checkPermission(caller: ConsoleCaller, permission: Permission): void {
  if (!caller.permissions.includes(permission)) {
    throw new AppError("forbidden", `Your role (${caller.role}) may not do this: ${permission}.`);
  }
}

function addRoute<Op extends ConsoleOperation>(
  app: ConsoleApp,
  operation: Op,
  handle: (call: ConsoleCall<Op>) => Promise<Answer<Op>>,
): void {
  const { params, query, body, answer, permission }: ConsoleOperation = operation;
  app.route({
    method: operation.method,
    url: operation.path,
    bodyLimit: CONSOLE_BODY_BYTES_MAX,
    schema: {
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...(body && { body }),
      ...(answer.schema && { response: { [answer.status]: answer.schema } }),
    },
    // Before the body is read: whoever may not call need not be listened to.
    onRequest: async (request) => checkPermitted(request, permission),
    async handler(request, reply) {
      reply.code(answer.status);
      const { params, query, body } = request;
      const call = { params, query, body, caller: findCaller(request), request, reply };
      const result = await handle(call as unknown as ConsoleCall<Op>);
      return reply.sent ? reply : reply.send(result ?? undefined);
    },
  });
}

function checkPermitted(request: FastifyRequest, permission: ConsoleOperation["permission"]): void {
  if (permission === "none") return;
  const caller = callerOf(request);
  if (permission !== "session") checkPermission(caller, permission);
}
