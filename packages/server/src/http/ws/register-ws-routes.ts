import { hash } from "node:crypto";
import { CAMPAIGN_CHARS_MAX, campaignName } from "@recado/contract/v1/messages";
import { formatWsReply, type WsCode } from "@recado/contract/ws-codes";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Acceptance } from "../../gateway/accept.ts";
import { isKnownCaller, type QueryDeps, type WsCaller } from "../../gateway/account-queries.ts";
import { createMediaSink, type MediaSinkOptions } from "../../gateway/media-sink.ts";
import type { SendAnswer } from "../../gateway/send-answer.ts";
import type { SendRequest } from "../../gateway/send-request.ts";
import { AppError } from "../../platform/app-error.ts";
import type { FailureLimit } from "../admin/failure-limit.ts";
import { answerBalance, answerTemplates } from "./answer-queries.ts";
import type { WsFields } from "./field-receiver.ts";
import { readWsBody, type WsBody, type WsBodyLimits } from "./read-body.ts";

/** What the `ws` API is handed. */
export interface WsDeps extends QueryDeps {
  acceptance: Acceptance;
  media: MediaSinkOptions;
  limits: WsBodyLimits;
  /** Counts wrong credentials by address and login. */
  failures: FailureLimit;
}

/** Where integrations of the manual call, with and without a slash at the end. */
const BASE = "/bot/chat_wa/ws";

/** Adds the manual's API (wire contract §1). */
export function registerWsRoutes(app: FastifyInstance, deps: WsDeps): void {
  void app.register((scope, _options, done) => {
    // Bodies are read by our own scanners, in a stream: media never stands in memory whole.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, parsed) => parsed(null));
    scope.post(`${BASE}/send`, async (request) => {
      const body = await readBody(deps, request);
      return guarded(deps, { request, body }, () => send(deps, body));
    });
    scope.post(`${BASE}/balance`, async (request) => {
      const body = await readBody(deps, request);
      await discard(deps, body);
      return guarded(deps, { request, body }, () => answerBalance(deps, callerOf(body.fields)));
    });
    scope.post(`${BASE}/template`, async (request) => {
      const body = await readBody(deps, request);
      await discard(deps, body);
      return guarded(deps, { request, body }, () => answerTemplates(deps, callerOf(body.fields)));
    });
    done();
  });
}

function readBody(deps: WsDeps, request: FastifyRequest): Promise<WsBody> {
  const source = {
    headers: request.headers,
    stream: request.raw,
    query: request.query as Record<string, string>,
  };
  return readWsBody(source, {
    limits: deps.limits,
    newMediaSink: () => createMediaSink(deps.media),
    isStranger: async (fields) => !(await isKnownCaller(deps, callerOf(fields))),
  });
}

/** Optional, like every field that the manual does not know; blank is none. */
function readKey(text = ""): string | null {
  const key = text.trim();
  if (key === "") return null;
  if (/^[\x21-\x7e]{1,255}$/u.test(key)) return key;
  const message = "must be 1 to 255 printable ASCII characters without blanks";
  throw new AppError("invalid_request", {
    message: `idempotency_key: ${message}`,
    errors: [{ path: "idempotency_key", message }],
  });
}

/** Optional too; blank is none. */
function readCampaign(text = ""): string | null {
  if (text.trim() === "") return null;
  const name = campaignName.safeParse(text);
  if (name.success) return name.data;
  const message = `must be one line of at most ${CAMPAIGN_CHARS_MAX} characters`;
  throw new AppError("invalid_request", {
    message: `campaign: ${message}`,
    errors: [{ path: "campaign", message }],
  });
}

async function send(deps: WsDeps, body: WsBody) {
  const { fields, media } = body;
  const answer = await accept(deps, body, {
    source: "ws",
    login: fields.login ?? "",
    token: fields.token ?? "",
    mobile: fields.mobile ?? "",
    idTemplate: fields.id_template,
    message: fields.message,
    templateVariables: fields.template_variables,
    customField: fields.custom_field ?? "",
    mediaName: fields.media_name ?? "",
    media,
    idempotencyKey: readKey(fields.idempotency_key),
    campaign: readCampaign(fields.campaign),
  });
  if (answer.code === "key-reused") {
    await discard(deps, body);
    throw new AppError(
      "idempotency_key_reused",
      "This idempotency_key was used for another message; use a new one.",
    );
  }
  if (answer.code === 1 && answer.replayed) await discard(deps, body);
  if (answer.code === 1) return formatWsReply(1, answer.messageId);
  await discard(deps, body);
  return formatWsReply(answer.code);
}

/** A full queue is a certain refusal too; after any other error the message may stand. */
async function accept(deps: WsDeps, body: WsBody, request: SendRequest): Promise<SendAnswer> {
  try {
    return await deps.acceptance.send(request);
  } catch (error) {
    if (error instanceof AppError && error.code === "too_many_requests") await discard(deps, body);
    throw error;
  }
}

/** Removes a file that no message took. */
async function discard(deps: WsDeps, { media }: WsBody): Promise<void> {
  if (media?.kind === "file") await deps.media.store.delete(media.file.storageKey);
}

interface Attempt {
  request: FastifyRequest;
  body: WsBody;
}

/** Slows whoever guesses: after 20 wrong answers in a minute from one address for one login. */
async function guarded<Reply extends { code: number }>(
  deps: WsDeps,
  { request, body }: Attempt,
  answer: () => Promise<Reply>,
): Promise<Reply> {
  const login = (body.fields.login ?? "").trim().toLowerCase();
  // A digest: what strangers send as login must not fill the memory.
  const key = () => hash("sha256", `${request.ip} ${login}`, "base64");
  const waitS = deps.failures.isIdle() ? 0 : deps.failures.waitS(key());
  if (waitS > 0) {
    await discard(deps, body);
    const message = "Too many wrong credentials for this login; try again later.";
    throw new AppError("too_many_requests", { message, retryAfterS: waitS });
  }
  const reply = await answer();
  if ((reply.code as WsCode) === 2) deps.failures.note(key());
  return reply;
}

function callerOf(fields: WsFields): WsCaller {
  const tokenHash = hash("sha256", fields.token ?? "");
  return { login: fields.login ?? "", tokenHash };
}
