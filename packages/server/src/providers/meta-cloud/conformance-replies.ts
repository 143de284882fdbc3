import type { Failure, SendOutcome } from "../../domain/send-outcome.ts";
import type { ReplyCase, UpstreamAnswer } from "../conformance-cases.ts";

/** A reply that accepts (fact sheet §1.2). */
export const acceptance: UpstreamAnswer = {
  status: 200,
  body: JSON.stringify({
    messaging_product: "whatsapp",
    contacts: [{ input: "+573001234567", wa_id: "573001234567" }],
    messages: [{ id: "wamid.ACCEPTED", message_status: "accepted" }],
  }),
};

/** Answers of the Cloud API, and what must be made of them (fact sheet §2). */
export const replyCases: readonly ReplyCase[] = [
  {
    name: "a recipient without a telephone is accepted without an address",
    shows: [],
    answer: answer(200, { messages: [{ id: "wamid.B" }], contacts: [{ user_id: "CO.1" }] }),
    outcome: { kind: "accepted", providerMessageId: "wamid.B", recipientId: null },
  },
  {
    name: "a 200 that cannot be read may have been accepted",
    shows: [],
    answer: { status: 200, body: "<html>" },
    outcome: { kind: "unknown", why: "HTTP 200 without a readable answer" },
  },
  {
    name: "an envelope in a 200 is a refusal",
    shows: [],
    answer: error(200, { code: 131009, message: "(#131009) Parameter value is not valid" }),
    outcome: refused("customer", "131009", "Parameter value is not valid"),
  },
  {
    name: "bad content is refused for good with Meta's title and details",
    shows: ["error:message"],
    answer: error(400, {
      code: 132000,
      message: "(#132000) Template Param Count Mismatch",
      error_data: { details: "body: number of localizable_params (1) does not match" },
    }),
    outcome: refused(
      "customer",
      "132000",
      "Template Param Count Mismatch: body: number of localizable_params (1) does not match",
    ),
  },
  {
    name: "details given as a bare string are read",
    shows: ["error:message"],
    answer: error(400, { code: 100, message: "(#100) Invalid parameter", error_data: "bad `to`" }),
    outcome: refused("customer", "100", "Invalid parameter: bad `to`"),
  },
  {
    name: "a paused template has the manual's text",
    shows: ["error:template"],
    answer: error(400, { code: 132015, message: "(#132015) Template is Paused" }),
    outcome: ofNumber(refused("customer", "132015", "WhatsApp pausó la plantilla")),
  },
  {
    name: "a locked account is refused for good",
    shows: ["error:business"],
    answer: error(403, { code: 131031, message: "(#131031) Account has been locked" }),
    outcome: ofNumber(refused("customer", "131031", "WhatsApp bloqueó el número de origen")),
  },
  {
    name: "a token that is repeated in the error does not come through",
    shows: ["error:token"],
    answer: error(401, { code: 190, message: "Malformed access token {{accessToken}}" }),
    outcome: ofNumber(refused("us", "190", "Malformed access token ***")),
  },
  {
    name: "a number that does not exist is our fault",
    shows: ["error:number"],
    answer: error(400, {
      code: 100,
      error_subcode: 33,
      message: "Unsupported post request. Object with ID '1' does not exist",
    }),
    outcome: ofNumber(
      refused("us", "100", "Unsupported post request. Object with ID '1' does not exist"),
    ),
  },
  {
    name: "a number over its throughput rests, whatever the HTTP status",
    shows: ["error:number"],
    answer: error(400, { code: 130429, message: "(#130429) Rate limit hit" }),
    outcome: ofNumber(
      refused("us", "130429", "Rate limit hit", { kind: "after", retryAfterMs: 1_000 }),
    ),
  },
  {
    name: "Retry-After is honoured",
    shows: ["error:number"],
    answer: error(
      429,
      { code: 130429, message: "(#130429) Rate limit hit" },
      { "retry-after": "7" },
    ),
    outcome: ofNumber(
      refused("us", "130429", "Rate limit hit", { kind: "after", retryAfterMs: 7_000 }),
    ),
  },
  {
    name: "the usage header's minutes are honoured",
    shows: ["error:business"],
    answer: error(
      400,
      { code: 80007, message: "(#80007) Rate limit issues" },
      {
        "x-business-use-case-usage": JSON.stringify({
          "104996122399160": [{ type: "whatsapp", estimated_time_to_regain_access: 5 }],
        }),
      },
    ),
    outcome: ofNumber(
      refused("us", "80007", "Rate limit issues", { kind: "after", retryAfterMs: 300_000 }),
    ),
  },
  {
    name: "the pair limit concerns one person",
    shows: ["error:recipient"],
    answer: error(400, { code: 131056, message: "(#131056) pair rate limit hit" }),
    outcome: refused("recipient", "131056", "pair rate limit hit", { kind: "pair" }),
  },
  {
    name: "a marketing message that Meta withholds is not tried again",
    shows: ["error:recipient"],
    answer: error(400, { code: 131049, message: "(#131049) Meta chose not to deliver" }),
    outcome: refused("recipient", "131049", "Meta chose not to deliver"),
  },
  {
    name: "a 500 with an envelope was not accepted and is tried again",
    shows: ["error:message"],
    answer: error(500, { code: 131000, message: "(#131000) Something went wrong" }),
    outcome: ofNumber(refused("provider", "131000", "Something went wrong", { kind: "soon" })),
  },
  {
    name: "a new code of a 500 is tried again",
    shows: [],
    answer: error(500, { code: 199999, message: "(#199999) New trouble" }),
    outcome: ofNumber(refused("provider", "199999", "New trouble", { kind: "soon" })),
  },
  {
    name: "a new code that says it is transient is tried again",
    shows: [],
    answer: error(400, { code: 199999, message: "(#199999) New trouble", is_transient: true }),
    outcome: ofNumber(refused("provider", "199999", "New trouble", { kind: "soon" })),
  },
  {
    name: "a new code is refused for good",
    shows: [],
    answer: error(400, { code: 199999, message: "See https://example.com/secret?x=1 now" }),
    outcome: ofNumber(refused("provider", "199999", "See (URL) now")),
  },
  {
    name: "a 503 without an envelope may have been accepted",
    shows: [],
    answer: { status: 503, body: "<html>Service Unavailable</html>" },
    outcome: { kind: "unknown", why: "HTTP 503 without a readable answer" },
  },
  {
    name: "a 408 may come from a proxy that gave up waiting, so it may have been accepted",
    shows: [],
    answer: { status: 408, body: "" },
    outcome: { kind: "unknown", why: "HTTP 408 without a readable answer" },
  },
  {
    name: "a bare 429 rests",
    shows: [],
    answer: { status: 429, body: "" },
    outcome: nameless("HTTP 429", { kind: "after", retryAfterMs: 60_000 }),
  },
  {
    name: "a redirect is not followed",
    shows: [],
    answer: { status: 302, headers: { location: "http://127.0.0.1:1/" }, body: "" },
    outcome: nameless("HTTP 302", { kind: "never" }),
  },
];

function answer(status: number, body: unknown): UpstreamAnswer {
  return { status, body: JSON.stringify(body) };
}

function error(
  status: number,
  envelope: Record<string, unknown>,
  headers: Record<string, string> = {},
): UpstreamAnswer {
  const body = JSON.stringify({ error: { type: "OAuthException", fbtrace_id: "A", ...envelope } });
  return { status, headers, body };
}

function refused(
  blame: Failure["blame"],
  code: string,
  ...[reason, retry]: [string, Failure["retry"]?]
): SendOutcome {
  const failure = { blame, code, reason, providerCode: code, retry: retry ?? { kind: "never" } };
  return { kind: "refused", failure: failure as Failure };
}

/** The trouble is the number's, its account's or the provider's: another number might take the message. */
function ofNumber(outcome: SendOutcome): SendOutcome {
  if (outcome.kind !== "refused") return outcome;
  return { kind: "refused", failure: { ...outcome.failure, elsewhere: true } };
}

function nameless(why: string, retry: Failure["retry"]): SendOutcome {
  const reason = `Error por parte de WhatsApp (${why})`;
  return {
    kind: "refused",
    failure: {
      ...{ blame: "provider", code: "402", reason, providerCode: null, retry },
      elsewhere: true,
    },
  };
}
