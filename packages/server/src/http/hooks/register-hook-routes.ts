import type { FastifyInstance, FastifyRequest, RouteHandlerMethod } from "fastify";
import type { HookAddress, Intake } from "../../gateway/intake.ts";
import { AppError } from "../../platform/app-error.ts";

/** Largest post that is taken: Meta's webhooks have at most 3 MB ("Webhooks overview"). */
const POST_BYTES_MAX = 4 * 1024 * 1024;

/**
 * Adds `/hooks/<provider>/<app>`, where providers post their webhooks and check the subscription. Providers
 * that cannot sign post to `/hooks/<provider>/<app>/<secret>`; the secret is in no log and no answer.
 */
export function registerHookRoutes(app: FastifyInstance, intake: Intake): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "*",
      { parseAs: "buffer", bodyLimit: POST_BYTES_MAX },
      (_request, body, parsed) => parsed(null, body),
    );
    const take: RouteHandlerMethod = async (request, reply) => {
      const { provider, appId, secret = null } = request.params as HookParams;
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const post = { headers: readHeaders(request), pathSecret: secret, body };
      await intake.take({ provider, appId }, post);
      return reply.code(200).type("text/plain").send("");
    };
    scope.post("/hooks/:provider/:appId", take);
    scope.post("/hooks/:provider/:appId/:secret", take);
    scope.get<{ Params: HookAddress }>("/hooks/:provider/:appId", async (request, reply) => {
      const query = request.query as Record<string, string | undefined>;
      const answer = await intake.challenge(request.params, query);
      if (answer === null) throw new AppError("forbidden", "The verify token does not match.");
      return reply.code(200).type("text/plain").send(answer);
    });
    done();
  });
}

interface HookParams extends HookAddress {
  secret?: string;
}

function readHeaders(request: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
}
