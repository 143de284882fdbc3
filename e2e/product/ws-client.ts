/** The three ways in which integrators write a body. */
export const ENCODINGS = ["form", "multipart", "json"] as const;

/** One of {@link ENCODINGS}. */
export type Encoding = (typeof ENCODINGS)[number];

/** A body's fields; undefined ones are left out, which also takes away a default. */
export type Fields = Record<string, string | number | string[] | File | undefined>;

/** What was answered. `body` is the JSON of it, or null when it is none. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown> | null;
}

/** An answer to a send. */
export interface SendAnswer {
  code: number;
  concept: string;
  description: string;
  messageId?: string;
}

/** Credentials as `demo.json` has them. */
export interface Credentials {
  login: string;
  token: string;
}

/** A caller of the `ws` API with an account's credentials, which fields of the same names replace. */
export interface WsClient {
  /** Any call; `path` is what stands after `/bot/chat_wa/ws/`. */
  call(path: string, fields: Fields, encoding?: Encoding): Promise<Answer>;
  /** A send; throws unless it is answered by HTTP 200 and one of the manual's codes. */
  send(fields: Fields, encoding?: Encoding): Promise<SendAnswer>;
  /** The balance in units of the currency's ten-thousandth part. */
  balance(): Promise<bigint>;
  /** The same caller with other credentials. */
  as(credentials: Credentials): WsClient;
}

/** A caller of the server at `baseUrl`. */
export function createWsClient(baseUrl: string, credentials: Credentials): WsClient {
  const { login, token } = credentials;
  const call: WsClient["call"] = (path, fields, encoding = "form") =>
    post(`${baseUrl}/bot/chat_wa/ws/${path}`, { login, token, ...fields }, encoding);
  return {
    call,
    async send(fields, encoding) {
      const { status, body, text } = await call("send/", fields, encoding);
      if (status !== 200 || typeof body?.code !== "number") {
        throw new Error(`a send was answered by ${status}: ${text.slice(0, 500)}`);
      }
      return body as unknown as SendAnswer;
    },
    async balance() {
      const { text, body } = await call("balance/", {});
      if (body?.code !== 1) throw new Error(`the balance was refused: ${text}`);
      return parseMoney(String(body.balance));
    },
    as: (other) => createWsClient(baseUrl, other),
  };
}

/** `125.50` as 1255000n: whole numbers of the smallest part that the platform counts. */
export function parseMoney(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,4}))?$/u.exec(text);
  if (!match) throw new Error(`not an amount: ${text}`);
  const [, sign, whole = "0", part = ""] = match;
  const amount = BigInt(whole) * 10_000n + BigInt(part.padEnd(4, "0"));
  return sign === "-" ? -amount : amount;
}

async function post(url: string, fields: Fields, encoding: Encoding): Promise<Answer> {
  return readAnswer(await fetch(url, { method: "POST", ...encodeBody(fields, encoding) }));
}

/** The answer as a value, whatever it is. */
export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parseObject(text) };
}

function encodeBody(
  fields: Fields,
  encoding: Encoding,
): { body: string | URLSearchParams | FormData; headers?: Record<string, string> } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  if (encoding === "json") {
    const body = JSON.stringify(Object.fromEntries(given));
    return { body, headers: { "content-type": "application/json" } };
  }
  const form = encoding === "form" ? new URLSearchParams() : new FormData();
  for (const [name, value] of given) {
    const part =
      value instanceof File ? value : Array.isArray(value) ? value.join(" ") : `${value}`;
    if (form instanceof FormData) form.append(name, part);
    else form.append(name, String(part));
  }
  return { body: form };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
