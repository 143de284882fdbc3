import { fillExample } from "@recado/contract/v1/fill-example";
import type { V1Operation } from "@recado/contract/v1/operation";
import type { OperationExample } from "@recado/contract/v1/operation-example";
import { OPERATION_EXAMPLES } from "@recado/contract/v1/operation-examples";
import type { PostmanBody, PostmanField, PostmanRequest, PostmanUrl } from "./postman-format.ts";
import { makeTestScript } from "./scripts.ts";
import { writeJsonBody } from "./write-json-body.ts";
import { SAMPLE_FILE, type WsRequest } from "./ws-requests.ts";

/** What a request is called, and what it does otherwise than its table says. */
export interface Given extends Partial<OperationExample> {
  id: string;
  name?: string;
}

/** A parameter as the OpenAPI document describes it. */
export interface QueryParameter {
  name: string;
  in: string;
  description?: string;
}

/** A call of `/v1`. */
export function makeV1Request(
  operation: V1Operation,
  parameters: readonly QueryParameter[],
  given: Given,
): PostmanRequest {
  const example = { ...OPERATION_EXAMPLES[operation.id], ...given };
  const { captures, holds, until, expects } = example;
  const body = makeBody(operation, example);
  return {
    id: given.id,
    name: given.name ?? operation.summary,
    request: {
      method: operation.method,
      description: describeCall(operation, example),
      header: [
        ...(body ? [{ key: "Content-Type", value: contentTypeOf(operation, example) }] : []),
        ...(operation.idempotent ? [{ key: "Idempotency-Key", value: "{{$guid}}" }] : []),
      ],
      url: makeUrl(operation, parameters, example),
      ...(body && { body }),
    },
    event: [
      makeTestScript({
        status: expects?.status ?? operation.answer.status,
        ...(expects && { because: expects.because }),
        ...(captures && { captures }),
        ...(holds && { holds }),
        ...(until && { until }),
      }),
    ],
  };
}

/** A call of the manual's API. */
export function makeWsRequest(
  call: WsRequest,
  given: { id: string; name?: string },
): PostmanRequest {
  const { es, en, path, body, captures, codes = [1] } = call;
  return {
    id: given.id,
    name: given.name ?? `${es} · ${en}`,
    request: {
      method: "POST",
      description: `${es}\n\n*${en}*`,
      header: body.mode === "raw" ? [{ key: "Content-Type", value: "application/json" }] : [],
      url: splitUrl(["bot", "chat_wa", "ws", path, ""]),
      auth: { type: "noauth" },
      body,
    },
    event: [makeTestScript({ status: 200, codes, ...(captures && { captures }) })],
  };
}

function describeCall(
  { id, scope, summary }: V1Operation,
  example: Partial<OperationExample>,
): string {
  const { es } = OPERATION_EXAMPLES[id] ?? {};
  const because = example.expects
    ? `\n\n${example.expects.status}: ${example.expects.because}`
    : "";
  return `${es}\n\n*${summary}*\n\nPermiso · scope: \`${scope}\`${because}`;
}

function contentTypeOf({ takesFile }: V1Operation, { file }: Partial<OperationExample>): string {
  return takesFile ? (file?.type ?? "application/pdf") : "application/json";
}

function makeBody(
  { takesFile, body }: V1Operation,
  example: Partial<OperationExample>,
): PostmanBody | undefined {
  if (takesFile && example.file) return { mode: "raw", raw: example.file.text };
  if (takesFile) return { mode: "file", file: { src: SAMPLE_FILE } };
  return body ? writeJsonBody(example.body ?? {}) : undefined;
}

function makeUrl(
  { path }: V1Operation,
  parameters: readonly QueryParameter[],
  example: Partial<OperationExample>,
): PostmanUrl {
  const { query = {}, params = {} } = example;
  const fields = parameters
    .filter(({ in: place }) => place === "query")
    .map(({ name, description }): PostmanField => {
      const value = query[name];
      const text = description === undefined ? {} : { description };
      return {
        key: name,
        value: value ?? "",
        ...text,
        ...(value === undefined && { disabled: true }),
      };
    });
  const sent = fields
    .filter(({ disabled }) => !disabled)
    .map(({ key, value }) => `${key}=${value}`);
  const url = splitUrl(["v1", ...path.slice(1).split("/")]);
  return {
    ...url,
    raw: `${url.raw}${sent.length > 0 ? `?${sent.join("&")}` : ""}`,
    ...(fields.length > 0 && { query: fields }),
    ...(Object.keys(params).length > 0 && {
      variable: Object.entries(params).map(([key, value]) => ({
        key,
        value,
        description: `${fillExample(value)}`,
      })),
    }),
  };
}

function splitUrl(path: string[]): PostmanUrl {
  return { raw: ["{{base_url}}", ...path].join("/"), host: ["{{base_url}}"], path };
}
