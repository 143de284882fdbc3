import type { UpstreamReply } from "../../platform/upstream-http.ts";
import { type JsonRecord, parseJson, recordOf } from "../cloud-wire/untrusted-json.ts";
import type { ChannelAccess, ProviderCall } from "../provider.ts";

/** From the first byte written to the last byte read, for every call but an upload. */
export const CALL_TIMEOUT_MS = 30_000;

/** A call to the Graph API with a JSON body, or none. */
export interface GraphCall {
  method: "GET" | "POST" | "DELETE";
  /** Segments after the version; encoded here. */
  path: readonly string[];
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  beforeWrite?: () => void;
}

/** Makes the call. The token travels in a header only, never in the address. */
export function callGraph(call: ProviderCall, graph: GraphCall): Promise<UpstreamReply> {
  const json = graph.body === undefined ? null : JSON.stringify(graph.body);
  return call.http.request({
    method: graph.method,
    url: graphUrl(call.channel, graph.path, graph.query),
    headers: {
      ...graphHeaders(call.channel),
      ...(json === null
        ? {}
        : {
            "content-type": "application/json",
            "content-length": String(Buffer.byteLength(json)),
          }),
    },
    ...(json === null ? {} : { body: json }),
    timeoutMs: CALL_TIMEOUT_MS,
    ...(graph.beforeWrite === undefined ? {} : { beforeWrite: graph.beforeWrite }),
  });
}

/** The address of an object or an edge of the Graph API. */
export function graphUrl(
  channel: ChannelAccess,
  path: readonly string[],
  query: Record<string, string> = {},
): string {
  const search = new URLSearchParams(query).toString();
  const segments = [channel.apiVersion, ...path].map(encodeURIComponent).join("/");
  return `${channel.baseUrl}/${segments}${search === "" ? "" : `?${search}`}`;
}

/** What every call carries. Some of Meta's hosts answer unknown agents with an error page (fact sheet §4). */
export function graphHeaders(channel: ChannelAccess): Record<string, string> {
  return { authorization: `Bearer ${channel.accessToken}`, "user-agent": "Recado/1" };
}

/** The JSON object of a reply with a 2xx status; null for anything else. */
export function readResult(reply: UpstreamReply): JsonRecord | null {
  if (reply.kind !== "reply" || reply.status < 200 || reply.status >= 300) return null;
  return recordOf(parseJson(reply.body)?.value);
}
