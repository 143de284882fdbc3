import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import Fastify from "fastify";
import { registerTracing } from "../http/register-tracing.ts";
import { openOtlpTracer } from "./open-otlp-tracer.ts";
import type { Tracer } from "./tracer.ts";

interface ReceivedSpan {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status?: { code?: number; message?: string };
  attributes: { key: string; value: Record<string, unknown> }[];
}

/** An OTLP/HTTP receiver: takes `POST /v1/traces` in JSON and keeps what came. */
async function openReceiver() {
  const spans: ReceivedSpan[] = [];
  const paths: string[] = [];
  const services: unknown[] = [];
  const server = createServer(async (request, response) => {
    paths.push(`${request.method} ${request.url}`);
    // biome-ignore lint/suspicious/noExplicitAny: the test reads what it expects.
    const body = (await json(request)) as any;
    for (const resource of body.resourceSpans) {
      services.push(...resource.resource.attributes.map((one: { value: unknown }) => one.value));
      for (const scope of resource.scopeSpans) spans.push(...scope.spans);
    }
    response.setHeader("content-type", "application/json").end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ spans, paths, services, url },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function withTracer(percent: number, work: (tracer: Tracer) => Promise<void>) {
  const receiver = await openReceiver();
  const endpoint = `${receiver.url}/`;
  const errors: string[] = [];
  const tracer = await openOtlpTracer({
    endpoint,
    serviceName: "recado-of-the-test",
    percent,
    onError: (message) => void errors.push(message),
  });
  await work(tracer);
  await tracer.stop();
  await receiver.close();
  assert.deepEqual(errors, []);
  return receiver;
}

test("steps reach an OTLP receiver, each under the one that it happened in", async () => {
  const { spans, paths, services } = await withTracer(100, (tracer) =>
    tracer.trace({ name: "outer", facts: { "recado.sends": 2 } }, async (outer) => {
      await sleep(1);
      await tracer.trace({ name: "inner", kind: "client" }, async () => {
        await sleep(1);
        tracer.note({ "recado.message_id": "m-1", "recado.nothing": undefined });
      });
      await tracer.trace({ name: "apart", root: true }, async () => {});
      outer.note({ "recado.message_ids": ["m-1", "m-2"] });
    }),
  );
  const [outer, inner, apart] = ["outer", "inner", "apart"].map((name) =>
    spans.find((span) => span.name === name),
  );
  assert.deepEqual([...new Set(paths)], ["POST /v1/traces"]);
  assert.ok(services.some((value) => JSON.stringify(value).includes("recado-of-the-test")));
  assert.equal(inner?.parentSpanId, outer?.spanId);
  assert.equal(inner?.traceId, outer?.traceId);
  assert.notEqual(apart?.traceId, outer?.traceId);
  assert.deepEqual(inner?.attributes, [
    { key: "recado.message_id", value: { stringValue: "m-1" } },
  ]);
  assert.equal(outer?.attributes.length, 2);
});

test("a step that fails says so by the error's name and not by its words", async () => {
  const { spans } = await withTracer(100, async (tracer) => {
    const failing = tracer.trace({ name: "failing" }, async () => {
      throw new TypeError("the mobile 573001234567 said: secret");
    });
    await assert.rejects(failing, TypeError);
  });
  assert.equal(spans[0]?.status?.code, 2);
  assert.doesNotMatch(JSON.stringify(spans), /573001234567|secret/u);
  assert.match(JSON.stringify(spans[0]?.attributes), /TypeError/u);
});

test("a request is named by its route, and what it carries is in no step", async () => {
  const { spans } = await withTracer(100, async (tracer) => {
    const app = Fastify();
    registerTracing(app, tracer);
    app.get("/health/live", () => "ok");
    app.post("/hooks/:provider/:secret", async () => {
      await sleep(1);
      return tracer.trace({ name: "within" }, async () => "taken");
    });
    await app.inject("/health/live");
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    await app.inject({
      method: "POST",
      url: "/hooks/gupshup/TOPSECRET?token=TOPSECRET",
      headers: { traceparent, authorization: "Bearer TOPSECRET" },
    });
    await app.close();
  });
  const [request] = spans.filter((span) => span.kind === 2);
  assert.deepEqual(spans.map((span) => span.name).sort(), [
    "POST /hooks/:provider/:secret",
    "within",
  ]);
  assert.equal(spans.find((span) => span.name === "within")?.parentSpanId, request?.spanId);
  assert.notEqual(request?.traceId, "0af7651916cd43dd8448eb211c80319c", "strangers start no trace");
  assert.doesNotMatch(JSON.stringify(spans), /TOPSECRET/u);
});

test("of nothing asked for nothing is sent", async () => {
  const { spans } = await withTracer(0, (tracer) => tracer.trace({ name: "any" }, async () => {}));
  assert.deepEqual(spans, []);
});

test("a receiver that is away is reported, and neither the work nor the end waits for it", async () => {
  const errors: string[] = [];
  const tracer = await openOtlpTracer({
    endpoint: "http://127.0.0.1:9",
    serviceName: "recado",
    percent: 100,
    onError: (message) => void errors.push(message),
  });
  assert.equal(await tracer.trace({ name: "any" }, async () => 7), 7);
  await tracer.stop();
  assert.ok(errors.length > 0);
});

test("the whole program without traces loads nothing of OpenTelemetry", async () => {
  const script = `
    const seen = [];
    const { registerHooks } = await import("node:module");
    registerHooks({ resolve(specifier, context, next) {
      const found = next(specifier, context);
      if (found.url.includes("opentelemetry")) seen.push(found.url);
      return found;
    } });
    await import(${JSON.stringify(new URL("../compose.ts", import.meta.url).href)});
    console.log(JSON.stringify(seen));`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--input-type=module",
    "-e",
    script,
  ]);
  const loaded: string[] = JSON.parse(stdout);
  // prom-client names the interface of OpenTelemetry, which has no code that runs.
  assert.deepEqual(
    loaded.filter((url) => !url.includes("/@opentelemetry/api/")),
    [],
  );
});
