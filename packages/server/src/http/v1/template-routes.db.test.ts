import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, beforeEach, describe, test } from "node:test";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import { startV1Server, type V1Server } from "../../testkit/v1-server.ts";

const BODY = "Hola {{1}}, su pedido va en camino desde la sede.";
const DRAFT = { name: "t", language: "es", category: "utility", body: BODY, examples: ["Ana"] };

let server: V1Server;
let upstream: Server;
let owner: BuiltAccount & { api: string };
let asked: string[] = [];
let answer: (path: string) => { status: number; body: unknown } | "cut";

before(async () => {
  server = await startV1Server();
  upstream = createServer(async (request, response) => {
    const body = await text(request);
    const [path = ""] = (request.url ?? "").split("?");
    asked.push(`${request.method} ${path} ${body.slice(0, 20)}`.trim());
    const said = answer(path);
    if (said === "cut") request.socket.destroy();
    else response.writeHead(said.status).end(JSON.stringify(said.body));
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
});
beforeEach(async () => {
  asked = [];
  answer = () => ({ status: 200, body: { id: "77", status: "PENDING", category: "UTILITY" } });
  const account = await buildAccount(server.database.pool, {
    baseUrl: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
    credentials: (id) => server.deps.secretBox.seal({ accessToken: "secret" }, `channel:${id}`),
  });
  owner = { ...account, api: await server.token({ accountId: account.accountId }) };
});
after(async () => {
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  await server.close();
});

const call = (method: string, path: string, body?: unknown) =>
  server.call(method, `/templates${path}`, { token: owner.api, body });

async function draft(given: object = {}): Promise<number> {
  const made = await call("POST", "", { ...DRAFT, ...given });
  assert.equal(made.status, 201, made.text);
  return made.json.id;
}

describe("a draft", () => {
  test("is written once for each name and language, and keeps what is not changed", async () => {
    const id = await draft();
    assert.equal((await call("POST", "", DRAFT)).status, 409);
    await draft({ language: "en" });
    const changed = await call("PATCH", `/${id}`, { footer: "Pie" });
    assert.deepEqual(
      [changed.json.body, changed.json.footer, changed.json.edit.examples],
      [BODY, "Pie", ["Ana"]],
    );
    const gone = await call("DELETE", `/${id}`);
    assert.deepEqual(gone.json, { deleted: [id], name_free_at: null });
    assert.equal((await call("GET", `/${id}`)).status, 404);
    assert.equal(await draft(), id, "what was deleted keeps its number when it comes again");
    assert.deepEqual(asked, [], "WhatsApp knew nothing of it");
  });

  test("is found by a part of its name, whose characters mean nothing else", async () => {
    const id = await draft({ name: "cita_medica_10" });
    await draft({ name: "citaxmedica" });
    const namesOf = async (name: string) => {
      const { json } = await call("GET", `?name=${encodeURIComponent(name)}`);
      return json.items.map((each: { name: string }) => each.name);
    };
    assert.deepEqual(await namesOf("cita_medica"), ["cita_medica_10"]);
    assert.deepEqual(await namesOf("a_m%"), []);
    await call("DELETE", `/${id}`);
    assert.deepEqual(await namesOf("cita_medica"), []);
  });

  test("takes no sample of another account's", async () => {
    const stranger = await buildAccount(server.database.pool);
    const token = await server.token({ accountId: stranger.accountId });
    const file = await server.call("POST", "/media", { token, body: "a text file" });
    const theirs = { ...DRAFT, header: { format: "document" }, sample_media_id: file.json.id };
    assert.equal((await call("POST", "", theirs)).status, 404);
    const id = await draft();
    const change = { sample_media_id: file.json.id };
    assert.equal((await call("PATCH", `/${id}`, change)).status, 404);
  });

  test("is previewed with what it is given, else with its examples, and named what is missing", async () => {
    const id = await draft({
      header: { format: "text", text: "Pedido {{1}}" },
      buttons: [{ kind: "url", text: "Ver", target: "https://x.co/{{1}}" }],
      examples: ["881"],
    });
    const { json } = await call("POST", `/${id}/preview`, { variables: { 3: "a/b$&" } });
    assert.equal(json.header.text, "Pedido 881");
    assert.deepEqual(json.missing, ["2"]);
    assert.equal(json.buttons[0].target, "https://x.co/a/b$&");
    assert.deepEqual(json.prices, [{ country: "CO", category: "utility", amount: "250.00" }]);
    const foreign = await call("POST", `/${id}/preview`, { variables: { 9: "x" } });
    assert.equal(foreign.json.code, "invalid_request");
  });
});

describe("a submission", () => {
  test("is made once by two at once", async () => {
    const id = await draft();
    const both = await Promise.all([0, 1].map(() => call("POST", `/${id}/submit`, {})));
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
    assert.equal(asked.filter((line) => line.includes("message_templates")).length, 1);
    assert.equal((await call("GET", `/${id}`)).json.status, "pending");
    const edit = await call("PATCH", `/${id}`, { footer: "Pie" });
    assert.match(edit.json.detail, /reviewing/u);
  });

  test("that WhatsApp refuses leaves the draft, which may be submitted again", async () => {
    const id = await draft();
    const error = { code: 100, message: "Invalid parameter secret", error_user_msg: "No." };
    answer = () => ({ status: 400, body: { error } });
    const refused = await call("POST", `/${id}/submit`, {});
    assert.equal(refused.json.code, "upstream_refused");
    assert.equal(refused.text.includes("secret"), false);
    assert.equal((await call("GET", `/${id}`)).json.status, "draft");
    answer = () => ({ status: 200, body: { id: "78", status: "APPROVED", category: "UTILITY" } });
    const done = await call("POST", `/${id}/submit`, {});
    assert.equal(done.json.template.status, "approved");
  });

  test("whose answer is cut is settled by WhatsApp's own list", async () => {
    const id = await draft();
    answer = () => "cut";
    assert.equal((await call("POST", `/${id}/submit`, {})).json.code, "upstream_refused");
    const components = [{ type: "BODY", text: BODY }];
    const there = { id: "79", name: "t", language: "es", category: "UTILITY", status: "PENDING" };
    answer = () => ({ status: 200, body: { data: [{ ...there, components }] } });
    assert.equal((await call("POST", "/sync", {})).status, 200);
    const { json } = await call("GET", `/${id}`);
    assert.deepEqual([json.status, json.edit], ["pending", null]);
  });

  test("stops for a warning unless it is forced, and for an error always", async () => {
    const id = await draft({ body: "Hola {{1}}, hay un descuento para usted en la sede." });
    const stopped = await call("POST", `/${id}/submit`, {});
    assert.equal(stopped.json.code, "template_invalid");
    assert.match(stopped.json.detail, /force/u);
    assert.equal((await call("POST", `/${id}/submit`, { force: true })).status, 200);
    const wrong = await draft({ name: "u", examples: [] });
    assert.equal((await call("POST", `/${wrong}/submit`, { force: true })).status, 422);
    assert.equal(asked.length, 1);
  });

  test("that comes back in a dearer category waits for a decision from the start", async () => {
    await server.database.pool.query(
      `update prices set amount = 9000000 where category = 'marketing' and price_book_id =
         (select price_book_id from accounts where account_id = $1)`,
      [owner.accountId],
    );
    answer = () => ({ status: 200, body: { id: "80", status: "APPROVED", category: "MARKETING" } });
    const id = await draft();
    const { json } = await call("POST", `/${id}/submit`, {});
    assert.equal(json.template.category, "marketing");
    assert.deepEqual(json.template.guard.prices, [
      { country: "CO", before: "250.00", now: "900.00" },
    ]);
  });
});
