import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import Fastify, { type FastifyInstance } from "fastify";
import { validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { AppError } from "../platform/app-error.ts";
import { registerProblems } from "./problem.ts";

let app: FastifyInstance;
const logged: string[] = [];

before(async () => {
  app = Fastify({
    bodyLimit: 100,
    logger: { level: "error", stream: { write: (line: string) => logged.push(line) } },
  });
  registerProblems(app);
  app.setValidatorCompiler(validatorCompiler);
  const body = z.strictObject({ name: z.string(), deep: z.array(z.number()).optional() });
  app
    .withTypeProvider<ZodTypeProvider>()
    .post("/echo", { schema: { body } }, async (request) => request.body);
  app.get("/bug", async () => {
    throw new TypeError("the password is hunter2");
  });
  app.get("/odd", async () => {
    throw Object.assign(new Error("secret"), { statusCode: 418 });
  });
  app.get("/slow", async () => {
    throw new AppError("too_many_requests", { message: "Wait.", retryAfterS: 1.2 });
  });
  await app.ready();
});
after(() => app.close());

const post = (payload: string, type = "application/json") =>
  app.inject({ method: "POST", url: "/echo", payload, headers: { "content-type": type } });

describe("an error", () => {
  test("of the caller is a problem of the table, with its own code", async () => {
    for (const [payload, type, status, code] of [
      ["{", "application/json", 400, "malformed_body"],
      ["", "application/json", 400, "malformed_body"],
      ['{"__proto__":1}', "application/json", 400, "malformed_body"],
      ['{"constructor":{"prototype":1}}', "application/json", 400, "malformed_body"],
      ["a=1", "application/x-www-form-urlencoded", 415, "unsupported_media_type"],
      ["x".repeat(101), "application/json", 413, "body_too_large"],
      ["[]", "application/json", 400, "invalid_request"],
    ] as const) {
      const reply = await post(payload, type);
      assert.equal(reply.statusCode, status, payload);
      assert.match(String(reply.headers["content-type"]), /^application\/problem\+json/);
      const { title, detail, ...problem } = reply.json();
      assert.equal(problem.code, code, payload);
      assert.deepEqual([problem.status, problem.type], [status, `urn:recado:error:${code}`]);
      assert.ok(title && detail);
    }
  });

  test("in a field says where it is", async () => {
    const reply = (await post('{"deep":[1,"x"],"more":1}')).json();
    const paths = reply.errors.map((error: { path: string }) => error.path);
    assert.ok(paths.includes("name") && paths.includes("deep.1"), JSON.stringify(reply));
    assert.match(reply.detail, /body/);
  });

  test("that nobody foresaw tells the caller nothing and the log everything", async () => {
    for (const url of ["/bug", "/odd"]) {
      const reply = await app.inject(url);
      assert.equal(reply.statusCode, 500);
      assert.equal(reply.json().code, "internal");
      assert.equal(/hunter2|secret/.test(reply.body), false);
    }
    assert.match(logged.join(), /hunter2/);
  });

  test("for which waiting helps says how long, in whole seconds", async () => {
    const reply = await app.inject("/slow");
    assert.deepEqual([reply.statusCode, reply.headers["retry-after"]], [429, "2"]);
  });

  test("of an address that is none is a problem too", async () => {
    const reply = await app.inject("/nowhere");
    assert.deepEqual([reply.statusCode, reply.json().code], [404, "not_found"]);
  });
});
