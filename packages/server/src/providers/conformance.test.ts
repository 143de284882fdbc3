import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import type { OutgoingContent } from "../domain/outgoing.ts";
import type { SendOutcome } from "../domain/send-outcome.ts";
import { createUpstreamHttp, type UpstreamHttp } from "../platform/upstream-http.ts";
import type { ConformanceCases, Fixture, UpstreamAnswer } from "./conformance-cases.ts";
import { gupshupCases } from "./gupshup/conformance-cases.ts";
import { metaCloudCases } from "./meta-cloud/conformance-cases.ts";
import type { ProviderName } from "./provider.ts";
import { findProvider, providers } from "./registry.ts";

/**
 * What every provider must hold, over the whole registry. The upstream is a real server that answers as
 * told; nothing of ours is replaced.
 */
const casesOf: Record<ProviderName, ConformanceCases> = {
  "meta-cloud": metaCloudCases,
  gupshup: gupshupCases,
};

const SECRETS = { appSecret: "app-secret-5c0e", verifyToken: "verify-token-77" };
const ACCESS_TOKEN = "EAAGm0PX4ZCpsBAKtest0123456789";

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

for (const provider of Object.values(providers)) {
  const cases = casesOf[provider.name];
  const fixtures = readFixtures(cases.folder);
  const receive = (body: unknown) => provider.receive(bytes(body));

  describe(`${provider.name}: webhooks`, () => {
    for (const { name, fixture } of fixtures) {
      it(`${name} is read as written, and a second time the same`, () => {
        const expected = { kind: "items", items: fixture.items };
        assert.deepEqual(plain(receive(fixture.body)), expected);
        assert.deepEqual(plain(receive(fixture.body)), expected);
      });
    }

    it("a batch of all yields all, in order", () => {
      const bodies = cases.join(fixtures.map(({ fixture }) => fixture.body));
      const items = bodies.map(receive).flatMap((one) => (one.kind === "items" ? one.items : []));
      const expected = fixtures.flatMap(({ fixture }) => fixture.items);
      assert.deepEqual(plain(items), expected);
    });

    it("somebody else's body is anomalous", () => {
      for (const body of cases.foreign) {
        assert.equal(receive(body).kind, "anomalous", JSON.stringify(body));
      }
      for (const text of ["", "{", "\0", "[".repeat(1_000_000), '{"a":"'.repeat(100_000)]) {
        assert.equal(provider.receive(Buffer.from(text)).kind, "anomalous");
      }
    });

    it("no bytes make it throw", () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
          assert.equal(provider.receive(Buffer.from(body)).kind, "anomalous");
        }),
      );
    });

    it("an item that cannot be read takes no other with it", () => {
      fc.assert(
        fc.property(fc.jsonValue(), (value) => {
          const result = receive(cases.besides(value));
          assert.ok(result.kind === "items" && result.items.at(-1)?.kind === "status");
        }),
      );
    });

    it("a proof counts for this secret alone, and a signature for these bytes alone", () => {
      const body = bytes(fixtures[0]?.fixture.body);
      const headers = cases.sign(body, SECRETS);
      const post = { headers, pathSecret: null, body };
      assert.equal(provider.verify(post, SECRETS), true);
      const spaced = Buffer.concat([body, Buffer.from(" ")]);
      assert.equal(provider.verify({ ...post, body: spaced }, SECRETS), !cases.signsBody);
      assert.equal(provider.verify({ ...post, headers: {} }, SECRETS), false);
      const other = { ...SECRETS, appSecret: "another" };
      assert.equal(provider.verify(post, other), false);
      const cut = Object.entries(headers).map(([name, value]) => [name, value.slice(0, -2)]);
      assert.equal(provider.verify({ ...post, headers: Object.fromEntries(cut) }, SECRETS), false);
      const empty = { appSecret: "", verifyToken: "" };
      for (const pathSecret of [null, ""]) {
        const unkeyed = { headers: cases.sign(body, empty), pathSecret, body };
        assert.equal(provider.verify(unkeyed, empty), false);
        assert.equal(provider.verify({ ...unkeyed, headers: {} }, empty), false);
      }
    });
  });

  describe(`${provider.name}: sending`, () => {
    let behave: Behaviour = () => undefined;
    let received: { headers: IncomingMessage["headers"]; body: string; url: string }[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        received.push({ headers: request.headers, body, url: request.url ?? "" });
        behave(request, response);
      });
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

    async function send(content: OutgoingContent, options: { http?: UpstreamHttp; url?: string }) {
      received = [];
      let writes = 0;
      const outcome = await provider.send({
        http: options.http ?? http,
        channel: {
          baseUrl: options.url ?? baseUrl,
          apiVersion: "v26.0",
          officialNumber: "573009998877",
          numberId: "106540352242922",
          businessId: "104996122399160",
          accessToken: ACCESS_TOKEN,
        },
        to: "573001234567",
        opaque: "019a0000-0000-7000-8000-000000000001",
        content,
        beforeWrite: () => {
          writes += 1;
        },
      });
      const text = JSON.stringify(outcome);
      for (const secret of [ACCESS_TOKEN, SECRETS.appSecret, baseUrl]) {
        assert.equal(text.includes(secret), false, `a secret in ${text}`);
      }
      return { outcome, writes };
    }

    const anyContent: OutgoingContent = { type: "text", body: "hola", replyTo: null };

    it("each kind of message goes out as written, with our id if it can and without a secret", async () => {
      behave = answering(cases.acceptance);
      for (const { content, body, shows } of cases.sends) {
        const { outcome, writes } = await send(content, {});
        assert.equal(outcome.kind, "accepted", shows.join());
        assert.equal(writes, 1);
        assert.equal(received.length, 1);
        const text = received[0]?.body ?? "";
        const sent = cases.readSent({ path: received[0]?.url ?? "", body: text });
        assert.deepEqual({ ...sent, ...body }, sent);
        assert.equal(text.includes("019a0000-0000-7000-8000-000000000001"), cases.sendsOpaque);
        assert.equal(received[0]?.body.includes(ACCESS_TOKEN), false);
        assert.equal(received[0]?.url.includes(ACCESS_TOKEN), false);
      }
    });

    for (const { name, answer, outcome: expected } of cases.replies) {
      it(name, async () => {
        behave = answering({
          ...answer,
          body: answer.body.replace("{{accessToken}}", ACCESS_TOKEN),
        });
        const { outcome } = await send(anyContent, {});
        assert.deepEqual(outcome, expected);
      });
    }

    it("a refused connection was certainly not accepted, and nothing was written", async () => {
      const { outcome, writes } = await send(anyContent, { url: "http://127.0.0.1:1" });
      assert.equal(writes, 0);
      assert.equal(retryOf(outcome), "soon");
    });

    it("a connection cut after the request leaves the outcome unknown", async () => {
      behave = (request) => request.socket.destroy();
      const { outcome, writes } = await send(anyContent, {});
      assert.equal(outcome.kind, "unknown");
      assert.equal(writes, 1);
      assert.equal(received.length, 1);
    });

    it("an answer cut in the middle leaves the outcome unknown", async () => {
      behave = (request, response) => {
        response.writeHead(200, { "content-length": "500" });
        response.write('{"messages":', () => request.socket.destroy());
      };
      const { outcome, writes } = await send(anyContent, {});
      assert.equal(outcome.kind, "unknown");
      assert.equal(writes, 1);
    });

    it("an answer that does not come leaves the outcome unknown", async () => {
      behave = () => undefined;
      const impatient: UpstreamHttp = {
        request: (call) => {
          assert.ok(call.timeoutMs >= 10_000 && call.timeoutMs <= 60_000);
          return http.request({ ...call, timeoutMs: 50 });
        },
      };
      const { outcome, writes } = await send(anyContent, { http: impatient });
      assert.equal(outcome.kind, "unknown");
      assert.equal(writes, 1);
    });
  });

  describe(`${provider.name}: looking at a number`, () => {
    it("a probe counts as the provider's own, says nothing, and its question is answered", () => {
      for (const secrets of [SECRETS, { ...SECRETS, appSecret: "x" }]) {
        const { post, question } = provider.makeProbe(secrets, "1234567890");
        assert.equal(provider.verify(post, secrets), true);
        const result = provider.receive(post.body);
        assert.ok(result.kind === "items");
        const acting = ["status", "message", "template"];
        assert.ok(result.items.every((item) => !acting.includes(item.kind)));
        if (question === null) continue;
        assert.equal(provider.answerChallenge(question.query, secrets), question.answer);
      }
    });

    it("whatever the provider answers, it ends in findings without a secret", async () => {
      const http = createUpstreamHttp({ connectionsMax: 4, connectTimeoutMs: 1_000 });
      let answer = "";
      let status = 200;
      const asked: string[] = [];
      const server = createServer((request, response) => {
        asked.push(request.url ?? "");
        request.resume();
        if (status === 0) request.socket.destroy();
        else response.writeHead(status, { "content-type": "application/json" }).end(answer);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const channel = {
        baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        apiVersion: "v26.0",
        officialNumber: "573009998877",
        numberId: "1/../2?x=1",
        businessId: "1",
        accessToken: ACCESS_TOKEN,
      };
      const bodies = ["", "null", "[]", "[null]", '[{"body":"{"}]', '{"data":[null,1,{}]}'];
      bodies.push('{"data":{"scopes":3,"expires_at":"x"}}', '{"subscriptions":[null,{"modes":7}]}');
      bodies.push(`{"error":{"code":200,"message":"${ACCESS_TOKEN}"}}`, "[".repeat(100_000));
      for (const code of [0, 200, 401, 404, 500]) {
        for (const body of bodies) {
          [status, answer] = [code, body];
          const given = { http, channel, hookUrl: "https://r.example/hooks", nowMs: 0 };
          const findings = await provider.diagnose({ ...given, appSecret: SECRETS.appSecret });
          assert.ok(findings.length > 0);
          const text = JSON.stringify(findings);
          for (const secret of [ACCESS_TOKEN, SECRETS.appSecret]) {
            assert.equal(text.includes(secret), false, text);
          }
        }
      }
      assert.ok(asked.every((url) => !url.includes(ACCESS_TOKEN) && !url.includes("/../")));
      await http.close();
      await new Promise((resolve) => server.close(resolve));
    });
  });

  describe(`${provider.name}: README`, () => {
    const claims = readClaims(cases.folder);
    const shown = new Set([
      ...fixtures.flatMap(({ fixture }) => fixture.shows),
      ...cases.sends.flatMap(({ shows }) => shows),
      ...cases.replies.flatMap(({ shows }) => shows),
    ]);

    it("every claim has a case", () => {
      const claimed = [...claims].filter(([, word]) => word !== "no").map(([key]) => key);
      assert.ok(claimed.length > 0);
      assert.deepEqual(
        claimed.filter((key) => !shown.has(key)),
        [],
      );
    });

    it("every case has its line", () => {
      assert.deepEqual(
        [...shown].filter((key) => !claims.has(key)),
        [],
      );
    });
  });
}

it("a driver is found by its name alone", () => {
  assert.equal(findProvider("meta-cloud")?.name, "meta-cloud");
  assert.equal(findProvider("toString"), null);
  for (const [name, provider] of Object.entries(providers)) assert.equal(provider.name, name);
});

function readFixtures(folder: URL): { name: string; fixture: Fixture }[] {
  const fixtures = new URL("fixtures/", folder);
  return readdirSync(fixtures)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => ({
      name: file.replace(".json", ""),
      fixture: JSON.parse(readFileSync(new URL(file, fixtures), "utf8")) as Fixture,
    }));
}

/** The lines of the README's tables: what it names, and yes, partial or no. */
function readClaims(folder: URL): Map<string, string> {
  const readme = readFileSync(new URL("README.md", folder), "utf8");
  const rows = readme.matchAll(/^\| `([a-z]+:[^`]+)`\s+\| (yes|partial|no)\s+\|/gmu);
  return new Map([...rows].map((row) => [row[1] ?? "", row[2] ?? ""]));
}

function answering(answer: UpstreamAnswer): Behaviour {
  return (_request, response) => {
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    response.end(answer.body);
  };
}

function retryOf(outcome: SendOutcome): string {
  return outcome.kind === "refused" ? outcome.failure.retry.kind : outcome.kind;
}

function bytes(body: unknown): Buffer {
  return Buffer.from(JSON.stringify(body));
}

/** With dates as text, as fixtures have them. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
