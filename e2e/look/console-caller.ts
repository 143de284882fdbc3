import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

/** Somebody who calls the server as the console's pages do: with a session, and no browser. */
export interface ConsoleCaller {
  /** Any call; `path` begins at the server's root. Throws unless it succeeds; gives the JSON, or null where there is none. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
}

const TRIES_MAX = 20;

/** Signs in by password. */
export async function signInByCall(
  baseUrl: string,
  { login, password }: { login: string; password: string },
): Promise<ConsoleCaller> {
  const headers = { "x-recado-console": "1", origin: baseUrl, "content-type": "application/json" };
  const answer = await fetch(`${baseUrl}/console/api/sign-in`, {
    ...{ method: "POST", headers, body: JSON.stringify({ login, password }) },
  });
  if (!answer.ok) throw new Error(`${login} was not let in: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  return {
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
      // An answer in JSON without content type is refused; so is a content type without an answer.
      const { "content-type": type, ...plain } = headers;
      const own = { ...plain, cookie, "idempotency-key": randomUUID() };
      const init =
        body === undefined
          ? { method, headers: own }
          : { method, headers: { ...own, "content-type": type }, body: JSON.stringify(body) };
      for (let tries = 1; ; tries += 1) {
        const reply = await fetch(baseUrl + path, init);
        const text = await reply.text();
        if (reply.ok) return (text === "" ? null : JSON.parse(text)) as T;
        if (reply.status !== 429 || tries === TRIES_MAX) {
          throw new Error(`${method} ${path} answered ${reply.status}: ${text}`);
        }
        await delay(Number(reply.headers.get("retry-after") ?? "1") * 1_000);
      }
    },
  };
}
