import type { Failure, SendOutcome } from "../../domain/send-outcome.ts";
import type { ReplyCase, UpstreamAnswer } from "../conformance-cases.ts";

const GS_ID = "0c9a7f52-6d1e-4b7a-8a55-3f1f0e6b2c11";

/** A reply that accepts, with the content type of Gupshup's guide (fact sheet §1.3). */
export const acceptance: UpstreamAnswer = {
  status: 202,
  headers: { "content-type": "text/html;charset=UTF-8" },
  body: JSON.stringify({ status: "submitted", messageId: GS_ID }),
};

/** Answers of Gupshup, and what must be made of them (fact sheet §1.3, §1.4). */
export const replyCases: readonly ReplyCase[] = [
  {
    name: "the word of an acceptance does not matter",
    shows: ["reply:accepted"],
    answer: answer(200, { status: "success", messageId: GS_ID }),
    outcome: { kind: "accepted", providerMessageId: GS_ID, recipientId: null },
  },
  {
    name: "a 2xx that is no JSON may have been accepted",
    shows: ["reply:unreadable"],
    answer: { status: 202, headers: { "content-type": "text/html" }, body: "<html>" },
    outcome: { kind: "unknown", why: "HTTP 202 without a message id" },
  },
  {
    name: "an empty 2xx may have been accepted",
    shows: ["reply:unreadable"],
    answer: { status: 200, body: "" },
    outcome: { kind: "unknown", why: "HTTP 200 without a message id" },
  },
  {
    name: "an error in a 2xx is a refusal, whatever id it has",
    shows: ["reply:refused"],
    answer: answer(200, { status: "error", message: "No way", messageId: GS_ID }),
    outcome: nameless("No way"),
  },
  {
    name: "a wrong telephone is the recipient's and has the manual's code",
    shows: ["reply:refused"],
    answer: answer(400, { message: "Invalid Destination", status: "error" }),
    outcome: {
      kind: "refused",
      failure: {
        blame: "recipient",
        code: "1002",
        reason: "El número no está activo para enviar mensajes a WhatsApp",
        providerCode: null,
        retry: { kind: "never" },
      },
    },
  },
  {
    name: "a wrong app is ours to repair",
    shows: ["reply:refused"],
    answer: answer(400, { status: "error", message: "Invalid App Details" }),
    outcome: nameless("Invalid App Details", "us"),
  },
  {
    name: "a wrong key is ours to repair",
    shows: ["reply:refused"],
    answer: answer(401, { status: "error", message: "Authentication Failed" }),
    outcome: nameless("Authentication Failed", "us"),
  },
  {
    name: "a refusal in plain text is read",
    shows: ["reply:refused"],
    answer: {
      status: 401,
      headers: { "content-type": "text/html" },
      body: "Portal User Not Found With APIKey\n",
    },
    outcome: nameless("Portal User Not Found With APIKey", "us"),
  },
  {
    name: "a refusal as a JSON text is read",
    shows: ["reply:refused"],
    answer: answer(401, "Portal User Not Found With APIKey"),
    outcome: nameless("Portal User Not Found With APIKey", "us"),
  },
  {
    name: "a sentence in an object of its own is read",
    shows: ["reply:refused"],
    answer: answer(400, { status: "error", message: { message: "Invalid JSON" } }),
    outcome: nameless("Invalid JSON"),
  },
  {
    name: "a page of HTML is not passed on",
    shows: ["reply:refused"],
    answer: { status: 403, headers: { "content-type": "text/html" }, body: "<h1>Forbidden</h1>" },
    outcome: nameless("HTTP 403"),
  },
  {
    name: "a key that is repeated in the error does not come through",
    shows: ["reply:refused"],
    answer: answer(400, { status: "error", message: "bad {{accessToken}} at https://x.example/y" }),
    outcome: nameless("bad *** at (URL)"),
  },
  {
    name: "a name of JavaScript's own is no rule",
    shows: [],
    answer: answer(400, { status: "error", message: "constructor" }),
    outcome: nameless("constructor"),
  },
  {
    name: "too many at once let the number rest",
    shows: ["reply:throttled"],
    answer: answer(429, { status: "error", message: "Too Many Requests" }),
    outcome: throttled(2_000),
  },
  {
    name: "Retry-After lengthens the rest",
    shows: ["reply:throttled"],
    answer: { status: 429, headers: { "retry-after": "7" }, body: "" },
    outcome: throttled(7_000),
  },
  {
    name: "a 500 may have been accepted, even in Gupshup's own words",
    shows: ["reply:fault"],
    answer: answer(500, { status: "error", message: "Internal Server Error" }),
    outcome: { kind: "unknown", why: "HTTP 500 without a message id" },
  },
  {
    name: "a gateway's time-out may have been accepted",
    shows: ["reply:fault"],
    answer: { status: 504, headers: { "content-type": "text/html" }, body: "<html>" },
    outcome: { kind: "unknown", why: "HTTP 504 without a message id" },
  },
  {
    name: "a 408 may come from a proxy that gave up waiting, so it may have been accepted",
    shows: ["reply:fault"],
    answer: { status: 408, body: "" },
    outcome: { kind: "unknown", why: "HTTP 408 without a message id" },
  },
  {
    name: "a redirect is not followed",
    shows: [],
    answer: { status: 302, headers: { location: "http://127.0.0.1:1/" }, body: "" },
    outcome: nameless("HTTP 302"),
  },
];

function answer(status: number, body: unknown): UpstreamAnswer {
  return { status, body: JSON.stringify(body) };
}

function nameless(why: string, blame: Failure["blame"] = "provider"): SendOutcome {
  const reason = `Error por parte de WhatsApp (${why})`;
  return {
    kind: "refused",
    failure: {
      ...{ blame, code: "402", reason, providerCode: null },
      retry: { kind: "never" },
      elsewhere: true,
    },
  };
}

function throttled(retryAfterMs: number): SendOutcome {
  const outcome = nameless("HTTP 429", "us");
  if (outcome.kind !== "refused") return outcome;
  return {
    kind: "refused",
    failure: { ...outcome.failure, retry: { kind: "after", retryAfterMs } },
  };
}
