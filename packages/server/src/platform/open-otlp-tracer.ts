import type { Context, Span, SpanOptions } from "@opentelemetry/api";
import type { OpenStep, Step, StepFacts, Tracer } from "./tracer.ts";

/** Where traces go. */
export interface OtlpOptions {
  /** The receiver's base address; `/v1/traces` is added (OTLP 1.x, "OTLP/HTTP Request"). */
  endpoint: string;
  serviceName: string;
  /** Of every hundred traces so many are recorded. */
  percent: number;
  /** Told when the receiver does not take them; the work goes on. */
  onError(message: string): void;
}

/** How long ending may wait for the receiver. */
const STOP_MS_MAX = 3_000;
const EXPORT_TIMEOUT_MS = 2_000;
const MESSAGE_LENGTH_MAX = 300;
/** Steps that wait to be sent; more are dropped, never waited for. */
const QUEUE_MAX = 4_096;

/**
 * A tracer that sends its steps to an OTLP/HTTP receiver. Loads OpenTelemetry's libraries now, so that
 * whoever does not trace does not pay for them. The headers of `OTEL_EXPORTER_OTLP_HEADERS` are sent along.
 */
export async function openOtlpTracer(options: OtlpOptions): Promise<Tracer> {
  const [api, sdk, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/context-async-hooks"),
  ]);
  const report = (message: string) => options.onError(message.slice(0, MESSAGE_LENGTH_MAX));
  api.diag.setLogger(
    { error: report, warn: report, info: () => {}, debug: () => {}, verbose: () => {} },
    { logLevel: api.DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const exporter = new OTLPTraceExporter({
    url: `${options.endpoint.replace(/\/+$/u, "")}/v1/traces`,
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new sdk.TracerProvider({
    resource: describeService(options.serviceName),
    sampler: new sdk.ParentBasedSampler({
      root: new sdk.TraceIdRatioBasedSampler(options.percent / 100),
    }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter, maxQueueSize: QUEUE_MAX })],
  });
  const source = provider.getTracer("recado");
  const { ROOT_CONTEXT, SpanKind, SpanStatusCode, context, trace } = api;
  const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT };

  const begin = (step: Step): { span: Span; inside: Context } => {
    const around = step.root ? ROOT_CONTEXT : context.active();
    const given: SpanOptions = {
      kind: step.kind ? kinds[step.kind] : SpanKind.INTERNAL,
      attributes: withoutGaps(step.facts ?? {}),
    };
    const span = source.startSpan(step.name, given, around);
    return { span, inside: trace.setSpan(around, span) };
  };
  const fail = (span: Span, name: string) => {
    // The name alone: a message may quote what somebody wrote.
    span.setAttribute("error.type", name);
    span.setStatus({ code: SpanStatusCode.ERROR });
  };
  return {
    enabled: true,
    async trace(step, work) {
      const { span, inside } = begin(step);
      try {
        return await context.with(inside, () => work(noteOn(span)));
      } catch (error) {
        fail(span, error instanceof Error ? error.name : "unknown");
        throw error;
      } finally {
        span.end();
      }
    },
    open(step): OpenStep {
      const { span, inside } = begin(step);
      let ended = false;
      return {
        ...noteOn(span),
        enter: (work) => context.with(inside, work),
        end(failure) {
          if (ended) return;
          ended = true;
          if (failure !== undefined) fail(span, failure);
          span.end();
        },
      };
    },
    note: (facts) => void trace.getActiveSpan()?.setAttributes(withoutGaps(facts)),
    async stop() {
      const late = new Promise((resolve) => setTimeout(resolve, STOP_MS_MAX).unref());
      await Promise.race([provider.shutdown().catch((error) => report(String(error))), late]);
      api.context.disable();
      api.diag.disable();
    },
  };
}

function noteOn(span: Span) {
  return { note: (facts: StepFacts) => void span.setAttributes(withoutGaps(facts)) };
}

function withoutGaps(facts: StepFacts) {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

/** What the receiver files our traces under. */
function describeService(name: string) {
  const attributes = {
    "service.name": name,
    "process.pid": process.pid,
  };
  const resource = {
    attributes,
    asyncAttributesPending: false,
    getRawAttributes: () => Object.entries(attributes),
    merge: () => resource,
  };
  return resource as never;
}
