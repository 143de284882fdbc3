import { ApiProblem } from "../../api/api-problem.ts";
import type { HttpRequest } from "./build-request.ts";

/** What came back, as it came. */
export interface TriedAnswer {
  status: number;
  /** JSON with its lines broken for reading, or the text. */
  text: string;
  /** The message that was made, if one was. */
  messageId: string | null;
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
    return readAnswer(response.status, await response.text());
  } catch (error) {
    throw error instanceof ApiProblem ? error : new ApiProblem("unreachable");
  }
}

/** `ws` names the message `messageId`, `/v1` is the message. */
function readAnswer(status: number, text: string): TriedAnswer {
  try {
    const value = JSON.parse(text) as { messageId?: string; id?: string };
    const pretty = JSON.stringify(value, null, 2);
    return { status, text: pretty, messageId: value.messageId ?? value.id ?? null };
  } catch {
    return { status, text, messageId: null };
  }
}
