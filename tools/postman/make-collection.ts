import { EXAMPLE_VARIABLES } from "@recado/contract/v1/example-variables";
import { makeOpenApi } from "@recado/contract/v1/openapi";
import type { V1Operation } from "@recado/contract/v1/operation";
import { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { V1_TAGS } from "@recado/contract/v1/tags";
import { makePdf } from "../../e2e/product/sample-files.ts";
import { type Given, makeV1Request, makeWsRequest, type QueryParameter } from "./make-requests.ts";
import type {
  PostmanCollection,
  PostmanField,
  PostmanFolder,
  PostmanRequest,
} from "./postman-format.ts";
import { makeMomentsScript } from "./scripts.ts";
import { TRY_STEPS, type TryStep } from "./try-it.ts";
import { WS_REQUESTS } from "./ws-requests.ts";

const ID = "2f5b0c86-7d0a-4c38-8d57-94c1a3e6f210";
const SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
const DESCRIPTION = `
Las dos API de Recado: la del manual (\`ws\`) y \`/v1\`. Elija el entorno y empiece por la carpeta **Pruébelo**, que corre entera
de arriba abajo contra la demostración.

*Recado's two APIs: the manual's (\`ws\`) and \`/v1\`. Choose the environment and begin with the folder **Try it**, which runs
whole from top to bottom against the demonstration.*
`.trim();

/** Of a moment in full: 2026-11-22T15:00:00.000Z. */
const ISO_CHARS = 24;

type Document = { paths: Record<string, Record<string, { parameters?: QueryParameter[] }>> };

/** The PDF that the requests with a file send. */
export const SAMPLE_PDF: Buffer = makePdf("Factura de ejemplo");

/** The whole collection: made of the tables of calls and of their examples, and of nothing else. */
export function makeCollection(): PostmanCollection {
  const { paths } = makeOpenApi() as Document;
  const v1 = (operation: V1Operation, given: Given): PostmanRequest => {
    const path = `/v1${operation.path.replace(/:(\w+)/gu, "{$1}")}`;
    const { parameters = [] } = paths[path]?.[operation.method.toLowerCase()] ?? {};
    return makeV1Request(operation, parameters, given);
  };
  return {
    info: { _postman_id: ID, name: "Recado", description: DESCRIPTION, schema: SCHEMA },
    item: [makeTryFolder(v1), makeWsFolder(), makeV1Folder(v1)],
    event: [makeMomentsScript(listMoments())],
    variable: listCaptured(),
  };
}

type MakeV1 = (operation: V1Operation, given: Given) => PostmanRequest;

function makeTryFolder(v1: MakeV1): PostmanFolder {
  return {
    id: "try-it",
    name: "Pruébelo · Try it",
    description:
      "En orden, de arriba abajo; también con el botón *Run*.\n\n*In order, from top to bottom; with the *Run* button too.*",
    auth: BEARER,
    item: TRY_STEPS.map((step, index) => makeStep(v1, step, index + 1)),
  };
}

function makeStep(v1: MakeV1, step: TryStep, number: number): PostmanRequest {
  const names = { id: `try-it-${number}`, name: `${number}. ${step.es} · ${step.en}` };
  if ("v1" in step) return v1(findOperation(step.v1), { ...names, ...step.example });
  const call = WS_REQUESTS[step.ws];
  if (!call) throw new Error(`The manual's API has no request ${step.ws}.`);
  return makeWsRequest(call, names);
}

function makeWsFolder(): PostmanFolder {
  return {
    id: "ws",
    name: "API ws (manual) · ws API (manual)",
    description:
      "Toda respuesta documentada es HTTP 200 con un `code`: 1 es aceptado.\n\n*Every documented answer is HTTP 200 with a `code`: 1 is accepted.*",
    auth: { type: "noauth" },
    item: Object.entries(WS_REQUESTS).map(([id, call]) => makeWsRequest(call, { id: `ws-${id}` })),
  };
}

function makeV1Folder(v1: MakeV1): PostmanFolder {
  const operations: V1Operation[] = Object.values(V1_OPERATIONS);
  const tags = Object.entries(V1_TAGS).filter(([tag]) => operations.some((one) => one.tag === tag));
  return {
    id: "v1",
    name: "/v1",
    description: "REST y JSON, con `Authorization: Bearer {{api_token}}`.\n\n*REST and JSON.*",
    auth: BEARER,
    item: tags.map(([tag, { title, description }]) => ({
      id: `v1-${tag}`,
      name: title.es === title.en ? title.es : `${title.es} · ${title.en}`,
      description: `${description.es}\n\n*${description.en}*`,
      item: sortForARun(operations.filter((one) => one.tag === tag)).map((one) =>
        v1(one, { id: `v1-${one.id}` }),
      ),
    })),
  };
}

const BEARER = {
  type: "bearer",
  bearer: [{ key: "token", value: "{{api_token}}", type: "string" }],
} as const satisfies PostmanFolder["auth"];

/** What is put by its name can be asked for after that, and what is deleted no more. */
function sortForARun(operations: V1Operation[]): V1Operation[] {
  const rank = ({ method }: V1Operation) => (method === "PUT" ? 0 : method === "DELETE" ? 2 : 1);
  return operations.toSorted((a, b) => rank(a) - rank(b));
}

function findOperation(id: string): V1Operation {
  const found = Object.entries(V1_OPERATIONS).find(([name]) => name === id);
  if (!found) throw new Error(`/v1 has no call ${id}.`);
  return found[1];
}

function listMoments(): { name: string; offsetS: number; chars: number }[] {
  return Object.entries(EXAMPLE_VARIABLES)
    .filter(([, { from }]) => from === "reckoned")
    .map(([name, { offsetS = 0, chars = ISO_CHARS }]) => ({ name, offsetS, chars }));
}

function listCaptured(): PostmanField[] {
  const captured = Object.entries(EXAMPLE_VARIABLES)
    .filter(([, { from }]) => from === "captured")
    .map(([key, { es, en }]) => ({ key, value: "", description: `${es} · ${en}` }));
  const description = "Un PDF de ejemplo · a sample PDF";
  return [
    { key: "pdf_base64", value: SAMPLE_PDF.toString("base64"), description },
    { key: "tries", value: "0", description: "Lo usan los scripts · used by the scripts" },
    ...captured,
  ];
}
