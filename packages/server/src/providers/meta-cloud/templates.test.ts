import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { createUpstreamHttp } from "../../platform/upstream-http.ts";
import type { CreateTemplateCall } from "../provider.ts";
import { createTemplate, listTemplates } from "./templates.ts";

const NEW: CreateTemplateCall["template"] = {
  name: "nueva",
  language: "es",
  category: "utility",
  definition: {
    header: null,
    body: "Hola",
    footer: null,
    buttons: [],
    parameterFormat: "positional",
  },
  examples: [],
  headerHandle: null,
};

describe("templates of the Cloud API", () => {
  let answers: { status: number; body: unknown }[] = [];
  let seen: { method: string; url: URL; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const url = new URL(request.url ?? "", "http://upstream");
    seen.push({ method: request.method ?? "", url, body });
    const answer = answers.shift() ?? { status: 500, body: "" };
    response.writeHead(answer.status).end(JSON.stringify(answer.body));
  });
  const http = createUpstreamHttp({ connectionsMax: 2, connectTimeoutMs: 2_000 });
  let baseUrl = "";
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    await http.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const call = () => {
    seen = [];
    const ids = { numberId: "106540352242922", businessId: "104996122399160" };
    const fixed = { apiVersion: "v26.0", officialNumber: "573009998877" };
    return { http, channel: { baseUrl, ...fixed, ...ids, accessToken: "secret-token" } };
  };
  const template = (id: string) => ({
    id,
    name: `t${id}`,
    language: "es",
    status: "APPROVED",
    category: "UTILITY",
    components: [{ type: "BODY", text: "Hola" }],
  });

  it("every page is read, by its cursor and not by the address that Meta gives", async () => {
    const next = "http://127.0.0.1:1/?access_token=x";
    answers = [
      {
        status: 200,
        body: {
          data: [template("1"), { ...template("2"), components: [{ type: "CAROUSEL" }] }],
          paging: { cursors: { before: "A", after: "B==" }, next },
        },
      },
      {
        status: 200,
        body: { data: [template("3")], paging: { cursors: { before: "B", after: "C" } } },
      },
    ];
    const outcome = await listTemplates(call());
    assert.ok(outcome.kind === "listed");
    assert.deepEqual(
      outcome.templates.map(({ name }) => name),
      ["t1", "t3"],
    );
    assert.deepEqual(outcome.skipped, [{ name: "t2", why: "component CAROUSEL" }]);
    assert.equal(seen.length, 2);
    assert.equal(seen[0]?.url.pathname, "/v26.0/104996122399160/message_templates");
    assert.equal(seen[1]?.url.searchParams.get("after"), "B==");
  });

  it("a page that fails fails the listing, which may be made again", async () => {
    answers = [
      { status: 200, body: { data: [], paging: { cursors: { after: "B" }, next: "x" } } },
      { status: 502, body: "" },
    ];
    const outcome = await listTemplates(call());
    assert.equal(outcome.kind === "refused" && outcome.failure.retry.kind, "soon");
  });

  it("a template is submitted once and its first state is told", async () => {
    answers = [{ status: 200, body: { id: "572279", status: "PENDING", category: "MARKETING" } }];
    const outcome = await createTemplate({ ...call(), template: NEW });
    assert.deepEqual(outcome, {
      kind: "created",
      providerTemplateId: "572279",
      status: "pending",
      category: "marketing",
    });
    assert.equal(seen[0]?.method, "POST");
    assert.equal(JSON.parse(seen[0]?.body ?? "").name, "nueva");
  });

  it("a refused submission has the words that Meta wrote for people", async () => {
    const error = {
      code: 100,
      error_subcode: 2388024,
      message: "Invalid parameter",
      error_user_title: "Content in this language already exists",
      error_user_msg: "There is already Spanish content for this template.",
    };
    answers = [{ status: 400, body: { error } }];
    const outcome = await createTemplate({ ...call(), template: NEW });
    assert.ok(outcome.kind === "refused");
    const reason = "Invalid parameter: There is already Spanish content for this template.";
    assert.equal(outcome.failure.reason, reason);
  });
});
