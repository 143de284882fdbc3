import type { Tracer } from "../platform/tracer.ts";
import type { EndpointCaller } from "./call-endpoint.ts";

/** The caller with each call as a step, when somebody traces. Nothing of it goes to the receiver. */
export function traceCalls(tracer: Tracer, call: EndpointCaller): EndpointCaller {
  if (!tracer.enabled) return call;
  return (delivery, endpoint) => {
    const facts = {
      "recado.delivery_id": delivery.id,
      "recado.endpoint_id": delivery.endpointId,
      "recado.message_id": "messageId" in delivery ? String(delivery.messageId ?? "") : undefined,
    };
    const step = { name: "webhook.deliver", kind: "client", root: true, facts } as const;
    return tracer.trace(step, async (span) => {
      const result = await call(delivery, endpoint);
      span.note({ "recado.result": result.kind });
      span.note({ "http.response.status_code": result.httpStatus ?? undefined });
      return result;
    });
  };
}
