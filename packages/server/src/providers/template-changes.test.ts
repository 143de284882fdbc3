import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { after, before, beforeEach, describe, it } from "node:test";
import { createUpstreamHttp } from "../platform/upstream-http.ts";
import type { CreateTemplateCall, ProviderName } from "./provider.ts";
import { providers } from "./registry.ts";

/* What every driver holds when templates are edited, deleted and shown to reviewers, over the whole registry. */

interface Expected {
  edit: { answer: object; request: string };
  remove: { answer: object; request: string; gone: string };
  sample: { answers: object[]; requests: string[]; handle: string; url: string | null };
}

const EXPECTED: Record<ProviderName, Expected> = {
  "meta-cloud": {
    edit: { answer: { success: true, category: "UTILITY" }, request: "POST /v26.0/77" },
    remove: {
      answer: { success: true },
      request: "DELETE /v26.0/waba/message_templates?name=t",
      gone: '{"error":{"code":100,"error_subcode":2593002,"message":"x"}}',
    },
    sample: {
      answers: [{ id: "upload:MTph==?sig=AR-x_1" }, { h: "4::aW1h:AR" }],
      requests: [
        "POST /v26.0/app/uploads?file_name=a.png&file_length=5&file_type=image%2Fpng",
        "POST /v26.0/upload:MTph==?sig=AR-x_1",
      ],
      handle: "4::aW1h:AR",
      url: null,
    },
  },
  gupshup: {
    edit: {
      answer: { status: "success", template: { category: "UTILITY" } },
      request: "PUT /wa/app/waba/template/77",
    },
    remove: {
      answer: { status: "success" },
      request: "DELETE /wa/app/waba/template/t",
      gone: '{"status":"error","message":"Template Does not exists."}',
    },
    sample: {
      answers: [{ status: "success", media: { id: "12", url: "https://x.example/12" } }],
      requests: ["POST /wa/waba/wa/media/v2"],
      handle: "12",
      url: "https://x.example/12",
    },
  },
};

const TEMPLATE: CreateTemplateCall["template"] = {
  name: "t",
  language: "es",
  category: "utility",
  definition: {
    ...{ header: null, body: "Hola", footer: null, buttons: [] },
    parameterFormat: "positional",
  },
  examples: [],
  headerHandle: null,
};
const TOKEN = "EAAGm0PX4ZCpsBAKtest0123456789";

for (const provider of Object.values(providers)) {
  const expected = EXPECTED[provider.name];

  describe(`${provider.name}: templates' changes`, () => {
    let answers: (object | string | "cut")[] = [];
    let seen: { request: string; body: string; headers: string }[] = [];
    const server = createServer(async (request, response) => {
      const body = (await buffer(request)).toString();
      const headers = JSON.stringify(request.headers);
      seen.push({ request: `${request.method} ${request.url}`, body, headers });
      const answer = answers.shift() ?? "cut";
      if (answer === "cut") request.socket.destroy();
      else if (typeof answer === "string") response.writeHead(400).end(answer);
      else response.end(JSON.stringify(answer));
    });
    const http = createUpstreamHttp({ connectionsMax: 1, connectTimeoutMs: 1_000 });
    let baseUrl = "";
    before(async () => {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    beforeEach(() => {
      seen = [];
    });
    after(async () => {
      await http.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const call = () => ({
      http,
      channel: {
        ...{ baseUrl, apiVersion: "v26.0", officialNumber: "573009998877", numberId: "number" },
        ...{ businessId: "waba", accessToken: TOKEN },
      },
    });
    const edit = () =>
      provider.editTemplate({ ...call(), template: TEMPLATE, providerTemplateId: "77" });
    const remove = () => {
      const wish = { name: "t", providerTemplateId: "77", allLanguages: true };
      return provider.deleteTemplate({ ...call(), ...wish });
    };
    const sample = () => {
      const file = { open: () => Readable.from([Buffer.from("bytes")]), bytes: 5 };
      return provider.uploadSample({ ...call(), ...file, mime: "image/png", name: "a.png" });
    };

    it("an edit replaces the whole content and neither name nor language", async () => {
      answers = [expected.edit.answer];
      assert.deepEqual(await edit(), { kind: "edited", category: "utility" });
      assert.equal(seen[0]?.request, expected.edit.request);
      assert.match(seen[0]?.body ?? "", /Hola/u);
      assert.doesNotMatch(seen[0]?.body ?? "", /elementName|"name"|language/u);
    });

    it("a deletion says what it is about, and what is not there counts as deleted", async () => {
      answers = [expected.remove.answer, expected.remove.gone];
      assert.deepEqual(await remove(), { kind: "deleted" });
      assert.equal(seen[0]?.request, expected.remove.request);
      assert.deepEqual(await remove(), { kind: "deleted" });
    });

    it("a sample is uploaded whole, and both its names come back", async () => {
      answers = [...expected.sample.answers];
      const { handle, url } = expected.sample;
      assert.deepEqual(await sample(), { kind: "uploaded", handle, url });
      assert.deepEqual(
        seen.map(({ request }) => request),
        expected.sample.requests,
      );
      assert.match(seen.at(-1)?.body ?? "", /bytes/u);
    });

    it("a cut call, a refusal and nonsense are refusals, and no secret is in any", async () => {
      for (const attempt of [edit, remove, sample]) {
        for (const answer of ["cut", `{"error":{"code":100,"message":"${TOKEN}"}}`, "<html>"]) {
          answers = [answer];
          const outcome = await attempt();
          assert.equal(outcome.kind, "refused");
          assert.equal(JSON.stringify(outcome).includes(TOKEN), false);
        }
        for (const { request, body, headers } of seen) {
          assert.equal(request.includes(TOKEN) || body.includes(TOKEN), false);
          assert.ok(headers.includes(TOKEN));
        }
      }
    });
  });
}

it("an upload session whose name would lead elsewhere is not followed", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end('{"id":"upload:../../me?access_token=x"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const http = createUpstreamHttp({ connectionsMax: 1, connectTimeoutMs: 1_000 });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const outcome = await providers["meta-cloud"].uploadSample({
    http,
    channel: {
      ...{ baseUrl, apiVersion: "v26.0", officialNumber: "573009998877", numberId: "number" },
      ...{ businessId: "waba", accessToken: TOKEN },
    },
    ...{ open: () => Readable.from(["x"]), bytes: 1, mime: "image/png", name: "a.png" },
  });
  assert.equal(outcome.kind, "refused");
  assert.equal(asked.length, 1);
  await http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
