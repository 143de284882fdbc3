import type { Problem } from "@recado/contract/error-codes";
import { ApiProblem } from "../../api/api-problem.ts";
import { tellFileProblem } from "../../ui/problem/tell-file-problem.ts";
import type { HttpRequest } from "./build-request.ts";

/** What came back, as it came. */
export interface TriedAnswer {
  status: number;
  /** JSON with its lines broken for reading, or the text. */
  text: string;
  /** The message that was made, if one was. */
  messageId: string | null;
  /** Why `/v1` refused it, to be said in words; null: it did not, or it was `ws`, which says it itself. */
  problem: unknown;
}

/**
 * Sends the request as it is shown. The session goes along instead of the token to `/v1`, so that nobody has to paste a token to try;
 * the `ws` interface knows tokens only. Rejects when there was no answer at all.
 */
export async function sendRequest(request: HttpRequest): Promise<TriedAnswer> {
  const { body, headers } = request;
  const { authorization: _token, ...others } = headers;
  try {
    const response = await fetch(new URL(request.url).pathname, {
      method: "POST",
      headers: {
        ...others,
        ...(body.kind === "json" && {
          "content-type": "application/json",
          "x-recado-console": "1",
        }),
      },
      body:
        body.kind === "json"
          ? JSON.stringify(body.value)
          : new URLSearchParams(body.fields.map(([name, value]) => [name, value])),
      credentials: body.kind === "json" ? "same-origin" : "omit",
      cache: "no-store",
    });
    return await readAnswer(response.status, await response.text());
  } catch (error) {
    throw error instanceof ApiProblem ? error : new ApiProblem("unreachable");
  }
}

/** `ws` names the message `messageId`, `/v1` is the message. */
async function readAnswer(status: number, text: string): Promise<TriedAnswer> {
  try {
    const value = JSON.parse(text) as { messageId?: string; id?: string } & Partial<Problem>;
    const pretty = JSON.stringify(value, null, 2);
    const messageId = value.messageId ?? value.id ?? null;
    return { status, text: pretty, messageId, problem: await readRefusal(status, value) };
  } catch {
    return { status, text, messageId: null, problem: null };
  }
}

async function readRefusal(status: number, value: Partial<Problem>): Promise<unknown> {
  const { code, detail = "", errors = [] } = value;
  if (status < 400 || typeof code !== "string") return null;
  return tellFileProblem(new ApiProblem(code, { status, detail, errors }));
}
