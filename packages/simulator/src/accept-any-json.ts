import type { FastifyInstance } from "fastify";

/**
 * Reads a body as JSON whatever it calls itself, since `curl -d` calls everything a form, and an empty one as no
 * body at all. A body that would reach for a prototype is refused.
 */
export function acceptAnyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser(["application/json", "text/plain"]);
  for (const type of ["application/json", "*"]) {
    app.addContentTypeParser(type, { parseAs: "string" }, (request, body, done) => {
      if (body === "") done(null, undefined);
      else void parse(request, String(body), done);
    });
  }
}
