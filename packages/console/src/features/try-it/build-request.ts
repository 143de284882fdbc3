/*
 * The request that the "try it" page shows and sends: made once from what was filled in, then written in every language from the same
 * thing, so that what is read is what is sent.
 */

/** By which of the two interfaces. */
export type Door = "ws" | "v1";

/** What was filled in. Empty texts are left out. */
export interface Wish {
  door: Door;
  /** Of the server, without a slash at its end. */
  baseUrl: string;
  login: string;
  token: string;
  mobile: string;
  /** The template's `id_template`; null: free text. */
  template: number | null;
  variables: readonly string[];
  text: string;
  mediaUrl: string;
  customField: string;
  idempotencyKey: string;
}

/** A request as any HTTP library is told it. */
export interface HttpRequest {
  method: "POST";
  url: string;
  headers: Readonly<Record<string, string>>;
  body:
    | { kind: "form"; fields: readonly (readonly [string, string])[] }
    | { kind: "json"; value: Readonly<Record<string, unknown>> };
}

/** The request for a wish. */
export function buildRequest(wish: Wish): HttpRequest {
  return wish.door === "ws" ? buildWs(wish) : buildV1(wish);
}

/** The manual's request: a form, and variables in brackets. */
function buildWs(wish: Wish): HttpRequest {
  const { template, variables } = wish;
  const fields: [string, string][] = [
    ["login", wish.login],
    ["token", wish.token],
    ["id_template", template === null ? "" : String(template)],
    ["template_variables", variables.map((value) => `[${value}]`).join(" ")],
    ["message", template === null ? wish.text : ""],
    ["mobile", wish.mobile],
    ["media", wish.mediaUrl],
    ["custom_field", wish.customField],
    ["idempotency_key", wish.idempotencyKey],
  ];
  return {
    method: "POST",
    url: `${wish.baseUrl}/bot/chat_wa/ws/send/`,
    headers: {},
    body: { kind: "form", fields: fields.filter(([, value]) => value !== "") },
  };
}

function buildV1(wish: Wish): HttpRequest {
  const { template, variables } = wish;
  const value = {
    mobile: wish.mobile,
    ...(template === null ? {} : { template: { id: template } }),
    ...(template === null || variables.length === 0 ? {} : { variables }),
    ...(template === null && wish.text !== "" ? { text: wish.text } : {}),
    ...(wish.mediaUrl === "" ? {} : { media: { url: wish.mediaUrl } }),
    ...(wish.customField === "" ? {} : { custom_field: wish.customField }),
  };
  const key = wish.idempotencyKey;
  return {
    method: "POST",
    url: `${wish.baseUrl}/v1/messages`,
    headers: {
      authorization: `Bearer ${wish.token}`,
      ...(key === "" ? {} : { "idempotency-key": key }),
    },
    body: { kind: "json", value },
  };
}
