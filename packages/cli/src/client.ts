import { z } from "zod";
import { CommandFailure } from "./command-failure.ts";
import type { Settings } from "./settings.ts";

/** One call of the administration API. What is undefined in `query` and `body` is left out. */
export interface Call<Answer> {
  method: "GET" | "POST" | "PATCH";
  /** Below `/admin`. */
  path: string;
  query?: Record<string, string | number | undefined> | undefined;
  body?: unknown;
  answer: z.ZodType<Answer>;
}

const TIMEOUT_MS = 120_000;

const problemSchema = z.object({
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

/** Makes the call. Throws a {@link CommandFailure} with the server's own words when it refuses. */
export async function callServer<Answer>(settings: Settings, call: Call<Answer>): Promise<Answer> {
  const url = new URL(`${settings.url}/admin${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const { status, text } = await fetchText(settings, url, call);
  const json = parseJson(text);
  if (status >= 400) throw explainRefusal(status, json);
  const answer = call.answer.safeParse(json);
  if (!answer.success) {
    throw new CommandFailure(
      `${settings.url} answered as no Recado of this version does. Is it another program, or another version?`,
    );
  }
  return answer.data;
}

async function fetchText(
  settings: Settings,
  url: URL,
  call: Call<unknown>,
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, {
      method: call.method,
      // The token must not follow to wherever the server would point us.
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        authorization: `Bearer ${settings.token}`,
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandFailure(
      `${settings.url} cannot be reached: ${why}. Is the server running? RECADO_URL says where it is.`,
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function explainRefusal(status: number, json: unknown): CommandFailure {
  const problem = problemSchema.safeParse(json);
  if (!problem.success) return new CommandFailure(`The server answered HTTP ${status}.`);
  const { detail, errors = [] } = problem.data;
  return new CommandFailure(
    detail,
    errors.map(({ path, message }) => `${path}: ${message}`),
  );
}
