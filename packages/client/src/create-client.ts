import createFetchClient, { type Client } from "openapi-fetch";
import { fetchAgain } from "./fetch-again.ts";
import type { components, paths } from "./v1-schema.gen.ts";

/** Every schema of `/v1` by its name, for example `Schemas["Message"]`. */
export type Schemas = components["schemas"];

/** A client of `/v1`: `client.POST("/v1/messages", { body })`, typed by the OpenAPI document. */
export type RecadoClient = Client<paths>;

/** How a client is made. */
export interface RecadoClientOptions {
  /** Where Recado is, for example `https://recado.example.com`. */
  baseUrl: string;
  /** An api token: `rcd_api_…`. */
  token: string;
  /** How often a call is made again that got no answer, 429, 502, 503 or 504. Default 2; 0 never. */
  retriesMax?: number;
  /** What makes the calls. Default: the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * A client that never sends a message twice: calls that send carry an `Idempotency-Key` (yours, or a random one for
 * each call), and only calls that are safe to repeat are made again. A problem comes back as `error`, an RFC 9457
 * document; what never got an answer is thrown.
 */
export function createRecadoClient(options: RecadoClientOptions): RecadoClient {
  const { baseUrl, token, retriesMax = 2, fetch = globalThis.fetch } = options;
  return createFetchClient<paths>({
    baseUrl: baseUrl.replace(/\/+$/u, ""),
    headers: { authorization: `Bearer ${token}` },
    fetch: (request) => fetchAgain(request, { retriesMax, fetch }),
  });
}

/** A problem that the server answered with, as an error. */
export class RecadoProblem extends Error {
  readonly problem: Schemas["Problem"];

  constructor(problem: Schemas["Problem"]) {
    super(`${problem.title}${problem.detail ? `: ${problem.detail}` : ""}`);
    this.name = "RecadoProblem";
    this.problem = problem;
  }
}

/** The answer of a call, or a {@link RecadoProblem}: `const message = dataOf(await client.POST(…))`. */
export function dataOf<T>(result: { data?: T; error?: Schemas["Problem"] }): T {
  if (result.error !== undefined) throw new RecadoProblem(result.error);
  return result.data as T;
}
