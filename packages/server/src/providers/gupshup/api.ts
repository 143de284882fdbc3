import type { UpstreamReply } from "../../platform/upstream-http.ts";
import { type JsonRecord, parseJson, recordOf } from "../cloud-wire/untrusted-json.ts";
import type { ProviderCall } from "../provider.ts";

/** From the first byte written to the last byte read. */
export const CALL_TIMEOUT_MS = 30_000;

/** A call to Gupshup: a form, or none for GET and DELETE. */
export interface GupshupCall {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Segments after the channel's base address; encoded here. */
  path: readonly string[];
  query?: Record<string, string>;
  form?: Record<string, string>;
  beforeWrite?: () => void;
}

/** Makes the call. The key travels in a header only, never in the address (fact sheet §0.1). */
export function callGupshup(call: ProviderCall, wanted: GupshupCall): Promise<UpstreamReply> {
  const { baseUrl, accessToken } = call.channel;
  const search = new URLSearchParams(wanted.query).toString();
  const path = wanted.path.map(encodeURIComponent).join("/");
  const body = wanted.form === undefined ? null : new URLSearchParams(wanted.form).toString();
  return call.http.request({
    method: wanted.method,
    url: `${baseUrl}/${path}${search === "" ? "" : `?${search}`}`,
    headers: {
      apikey: accessToken,
      accept: "application/json",
      "user-agent": "Recado/1",
      ...(body === null
        ? {}
        : {
            "content-type": "application/x-www-form-urlencoded",
            "content-length": String(Buffer.byteLength(body)),
          }),
    },
    ...(body === null ? {} : { body }),
    timeoutMs: CALL_TIMEOUT_MS,
    ...(wanted.beforeWrite === undefined ? {} : { beforeWrite: wanted.beforeWrite }),
  });
}

/**
 * The JSON object of a reply that succeeded: 2xx and no `status: "error"`. Its content type is passed over,
 * since Gupshup's pages name `text/html` and JSON for the same answer (§1.3).
 */
export function readResult(reply: UpstreamReply): JsonRecord | null {
  if (reply.kind !== "reply" || reply.status < 200 || reply.status >= 300) return null;
  const record = recordOf(parseJson(reply.body)?.value);
  return record?.status === "error" ? null : record;
}
