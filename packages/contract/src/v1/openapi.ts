import { z } from "zod";
import { problem } from "./fields.ts";
import { fillExample } from "./fill-example.ts";
import { OPENAPI_HEAD } from "./openapi-info.ts";
import type { V1Operation } from "./operation.ts";
import { OPERATION_EXAMPLES } from "./operation-examples.ts";
import { V1_OPERATIONS } from "./operations.ts";

/*
 * The OpenAPI 3.1 document of `/v1`, made of the very schemas that the server validates with. Schemas with a name
 * (`.meta({ id })`) become components, each once for what callers send and once for what they get where these differ.
 */

type Json = Record<string, unknown>;

/** The whole document. `docs/openapi-v1.json` is compared with it by a test. */
export function makeOpenApi(): Json {
  const components = new Map<string, Json>();
  const paths: Record<string, Json> = {};
  const problemRef = describe(components, problem, "output");
  for (const operation of Object.values(V1_OPERATIONS) as V1Operation[]) {
    const path = `/v1${operation.path.replace(/:(\w+)/gu, "{$1}")}`;
    paths[path] = {
      ...paths[path],
      [operation.method.toLowerCase()]: makeOperation(components, operation, problemRef),
    };
  }
  return {
    ...OPENAPI_HEAD,
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "Un token que empieza por rcd_api_ · a token that begins with rcd_api_.",
        },
      },
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

function makeOperation(
  components: Map<string, Json>,
  operation: V1Operation,
  problemRef: Json,
): Json {
  const { answer } = operation;
  const parameters = [
    ...listParameters(operation.params, "path"),
    ...listParameters(operation.query, "query"),
    ...(operation.idempotent ? [IDEMPOTENCY_KEY] : []),
  ];
  const content = answer.schema
    ? { "application/json": { schema: describe(components, answer.schema, "output") } }
    : answer.contentType && { [answer.contentType]: { schema: { type: "string" } } };
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...describeCall(operation),
    ...(parameters.length > 0 && { parameters }),
    ...makeBody(components, operation),
    responses: {
      [answer.status]: { description: "Hecho · done", ...(content && { content }) },
      default: {
        description: "Un problema · a problem (RFC 9457)",
        content: { "application/problem+json": { schema: problemRef } },
      },
    },
  };
}

/** The summary in Spanish, by itself for pages in Spanish, and what is needed. */
function describeCall({ id, scope }: V1Operation): Json {
  const { es } = OPERATION_EXAMPLES[id] ?? {};
  const needs = `Permiso · scope: \`${scope}\``;
  return es === undefined
    ? { description: needs }
    : { "x-summary-es": es, description: `${es}\n\n${needs}` };
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "Remembered for 72 hours: the same request again gives the same answer and nothing is sent or charged twice.",
  schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,255}$" },
};

function makeBody(components: Map<string, Json>, operation: V1Operation): Json {
  if (operation.takesFile) {
    const file = { "application/octet-stream": { schema: { type: "string", format: "binary" } } };
    return { requestBody: { required: true, content: file } };
  }
  if (!operation.body) return {};
  const schema = describe(components, operation.body, "input");
  const given = OPERATION_EXAMPLES[operation.id]?.body;
  const example = given === undefined ? {} : { example: fillExample(given) };
  return {
    requestBody: {
      required: !operation.bodyOptional,
      content: { "application/json": { schema, ...example } },
    },
  };
}

function listParameters(schema: z.ZodObject | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toJsonSchema(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

/** The schema, or a reference to it when it has a name; the named ones are put among the components. */
function describe(components: Map<string, Json>, schema: z.ZodType, io: "input" | "output"): Json {
  const { $defs = {}, ...own } = toJsonSchema(schema, io) as Json & {
    $defs?: Record<string, Json>;
  };
  for (const [name, { id: _, ...definition }] of Object.entries($defs)) {
    const known = components.get(name);
    if (known && JSON.stringify(known) !== JSON.stringify(definition)) {
      throw new Error(`The schema ${name} reads differently in requests and answers.`);
    }
    components.set(name, definition);
  }
  return own;
}

function toJsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const made = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override({ jsonSchema }) {
      // Answers may gain keys: a client that refused them would break on the next version.
      if (io === "output") delete jsonSchema.additionalProperties;
      // The bounds of every whole number in JavaScript tell a caller nothing, and pages show them as examples.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $schema: _, ...rest } = JSON.parse(text) as Json;
  return rest;
}
