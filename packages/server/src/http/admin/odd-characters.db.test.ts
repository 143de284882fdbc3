import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import Fastify, { type RouteOptions } from "fastify";
import { z } from "zod";
import { ADMIN_ROUTES } from "../../testkit/admin-route-table.ts";
import { type AdminServer, startAdminServer } from "../../testkit/admin-server.ts";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import { registerProblems } from "../problem.ts";
import { registerAdminRoutes } from "./register-admin-routes.ts";

/** Every text that the administration API takes, from its own schemas, with what databases and headers choke on. */
const ODD = ["a\0b", "\ud800\u202e\u0007", "x".repeat(20_000)];

const routes: RouteOptions[] = [];
const app = Fastify();
let server: AdminServer;
let account: BuiltAccount;

before(async () => {
  server = await startAdminServer();
  account = await buildAccount(server.database.pool);
  app.addHook("onRoute", (route) => void routes.push(route));
  registerProblems(app);
  registerAdminRoutes(app, server.deps);
  await app.ready();
});
after(async () => {
  await app.close();
  await server.close();
});

interface JsonShape {
  type?: string;
  anyOf?: JsonShape[];
  enum?: unknown[];
  properties?: Record<string, JsonShape>;
  items?: JsonShape;
  additionalProperties?: JsonShape | boolean;
}

/** Ways to put `odd` where a text of this shape stands, each time in one place; `right` fills the others. */
function* plant(shape: JsonShape, right: unknown, odd: string): Generator<unknown> {
  for (const choice of shape.anyOf ?? []) yield* plant(choice, right, odd);
  if (shape.type === "string") yield odd;
  if (shape.items) for (const item of plant(shape.items, undefined, odd)) yield [item];
  if (shape.type !== "object") return;
  const whole = { ...(right as Record<string, unknown> | undefined) };
  for (const [key, inner] of Object.entries(shape.properties ?? {})) {
    for (const value of plant(inner, whole[key], odd)) yield { ...whole, [key]: value };
  }
  if (typeof shape.additionalProperties === "object") {
    for (const value of plant(shape.additionalProperties, undefined, odd)) {
      yield { ...whole, a: value };
    }
  }
  yield { ...whole, [odd]: "x" };
}

function shapeOf(schema: unknown): JsonShape {
  const options = { io: "input", unrepresentable: "any" } as const;
  return schema instanceof z.ZodType ? (z.toJSONSchema(schema, options) as JsonShape) : {};
}

/** An id that exists for an address's noun, so that the call gets as far as it can. */
async function idFor(path: string): Promise<string> {
  const noun = path.split("/")[1] ?? "";
  const table = { "price-books": "price_books", deliveries: "deliveries" }[noun] ?? noun;
  if (noun === "accounts") return account.accountId;
  if (noun === "projects") return account.projectId;
  if (noun === "channels") return account.channelId;
  if (!["templates", "users", "tokens", "price-books"].includes(noun)) return account.accountId;
  const { rows } = await server.database.pool.query(`select id from ${table} limit 1`);
  return rows[0]?.id ?? account.accountId;
}

test("a channel's app is named and proved by what can be shown and sent", async () => {
  const right = ADMIN_ROUTES.find(([, path]) => path === "/accounts/:id/channels")?.[2];
  for (const odd of [{ name: "a\u202eb\u0007" }, { verifyToken: "á\n" }]) {
    const answer = await app.inject({
      method: "POST",
      url: `/admin/accounts/${account.accountId}/channels`,
      headers: { authorization: `Bearer ${server.token}` },
      payload: { ...right, numberId: "77", app: { appSecret: "x", ...odd } },
    });
    assert.equal(answer.statusCode, 400, JSON.stringify(odd));
  }
});

test("an odd character is the caller's mistake or taken, in every field and query, never ours", async () => {
  const failed = new Set<string>();
  let tried = 0;
  const call = async (method: string, url: string, payload?: unknown) => {
    tried += 1;
    const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/json" };
    const body = payload === undefined ? {} : { payload: JSON.stringify(payload) };
    const answer = await app.inject({ method: method as "GET", url, headers, ...body });
    if (answer.statusCode >= 500) {
      failed.add(
        `${method} ${url.slice(0, 80)} ${JSON.stringify(payload)?.slice(0, 300)} ${answer.body}`,
      );
    }
  };
  for (const route of routes.filter((one) => one.method !== "HEAD")) {
    const [method, path] = [String(route.method), route.url.replace("/admin", "")];
    const right = ADMIN_ROUTES.find((row) => row[0] === method && row[1] === path)?.[2];
    const { body, querystring } = (route.schema ?? {}) as { body?: unknown; querystring?: unknown };
    const url = `/admin${path.replace(":id", await idFor(path)).replace(":month", "2026-11")}`;
    for (const odd of ODD) {
      await call(
        method,
        `/admin${path.replaceAll(/:\w+/gu, encodeURIComponent(odd.toWellFormed()))}`,
        right,
      );
      for (const value of plant(shapeOf(body), right, odd)) await call(method, url, value);
      for (const query of plant(shapeOf(querystring), {}, odd.toWellFormed().slice(0, 2_000))) {
        await call(method, `${url}?${new URLSearchParams(query as Record<string, string>)}`, right);
      }
    }
  }
  assert.ok(tried > 1_000, `only ${tried} calls`);
  assert.deepEqual([...failed], []);
});
