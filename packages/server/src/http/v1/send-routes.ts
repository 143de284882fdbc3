import type { batchItem } from "@recado/contract/v1/messages";
import { SCHEDULE_AHEAD_MAX_S } from "@recado/contract/v1/messages";
import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { refuseField } from "../../accounts/check-fields.ts";
import { dryRunSend } from "../../gateway/dry-run.ts";
import { readAccepted } from "../../gateway/read-accepted.ts";
import { findReferredMessages, type ReferredMessages } from "../../gateway/referred-messages.ts";
import type { SendAnswer } from "../../gateway/send-answer.ts";
import type { ApiSendRequest } from "../../gateway/send-request.ts";
import { AppError } from "../../platform/app-error.ts";
import { formatProblem, readRefusal } from "../problem.ts";
import { formatDryRun } from "./format-dry-run.ts";
import { formatAccepted } from "./format-message.ts";
import { type ChosenMedia, takeMedia } from "./media-choice.ts";
import type { Serve } from "./serve.ts";
import { listReferences, readExtras } from "./session-choice.ts";
import type { V1Caller, V1Deps } from "./v1-deps.ts";

type Item = z.output<typeof batchItem>;
/** A message to send, its key, and the messages that it may refer to. */
type Wish = Item & {
  key: string | null;
  referred: ReferredMessages;
};
type Sent = { messageId: string; replayed: boolean };

/** Messages of a batch that wait for acceptance at once, so that a batch leaves room for others. */
const CHUNK_SIZE = 200;
/** Parts a batch's key from an item's place; a caller's own key cannot hold it. */
const KEY_SEPARATOR = "\u001f";

/** Sending: one message, many, or none to see what would happen. */
export function serveSends(serve: Serve, deps: V1Deps): void {
  serve(calls.sendMessage, async ({ caller, body, request, reply }) => {
    const key = readKey(request);
    const referred = await findReferredMessages(deps, caller, listReferences([body]));
    const { messageId, replayed } = await sendOne(deps, caller, { ...body, key, referred });
    const [message] = await readAccepted(deps, caller.accountId, [messageId]);
    if (!message) throw new Error("an accepted message cannot be found");
    if (replayed) reply.header("idempotent-replayed", "true");
    reply.header("location", `/v1/messages/${messageId}`);
    return formatAccepted(message);
  });
  serve(calls.sendBatch, async ({ caller, body, request }) => {
    const key = readKey(request);
    const referred = await findReferredMessages(deps, caller, listReferences(body.messages));
    const results: (Sent | AppError)[] = [];
    for (let start = 0; start < body.messages.length; start += CHUNK_SIZE) {
      const chunk = body.messages.slice(start, start + CHUNK_SIZE);
      const sends = chunk.map((item, index) =>
        sendOne(deps, caller, {
          ...{ ...item, referred, key: nameItem(key, item, start + index) },
        }).catch((error: unknown) => refuseItem(deps, error)),
      );
      results.push(...(await Promise.all(sends)));
    }
    return formatBatch(deps, caller, results);
  });
  serve(calls.dryRun, async ({ caller, body }) => {
    const referred = await findReferredMessages(deps, caller, listReferences([body]));
    const chosen = await takeMedia(deps, caller, body.media);
    try {
      const request = makeRequest(deps, caller, { ...body, key: null, referred, chosen });
      return formatDryRun(await dryRunSend(deps, { accountId: caller.accountId, request }));
    } finally {
      await chosen.discard();
    }
  });
}

/** Answers the accepted message; every refusal is thrown. */
async function sendOne(deps: V1Deps, caller: V1Caller, item: Wish): Promise<Sent> {
  const chosen = await takeMedia(deps, caller, item.media);
  let answer: SendAnswer;
  try {
    answer = await deps.acceptance.send(makeRequest(deps, caller, { ...item, chosen }));
  } catch (error) {
    // A foreseen refusal is certain; after anything else the message may stand, with its file.
    if (error instanceof AppError) await chosen.discard();
    throw error;
  }
  if (answer.code === 1) {
    if (answer.replayed) await chosen.discard();
    return answer;
  }
  await chosen.discard();
  if (answer.code === "key-reused") {
    throw new AppError(
      "idempotency_key_reused",
      "This Idempotency-Key was used for another message in the last 72 hours; use a new one.",
    );
  }
  const { problem } = answer;
  if (!problem) throw new Error("a refusal without its explanation");
  const { code, message, errors } = problem;
  throw new AppError(code, { message, ...(errors.length > 0 && { errors }) });
}

function makeRequest(
  deps: V1Deps,
  caller: V1Caller,
  item: Wish & { chosen: ChosenMedia },
): ApiSendRequest {
  const { template, chosen } = item;
  return {
    source: "v1",
    tokenHash: caller.tokenHash,
    // A session is in no snapshot; its role has been asked already.
    accountId: caller.tokenHash === "" ? caller.accountId : null,
    mobile: item.mobile,
    projectId: item.project_id ?? null,
    template: template && "id" in template ? { number: template.id } : (template ?? null),
    text: item.text ?? null,
    variables: item.variables ?? [],
    customField: item.custom_field,
    mediaName: chosen.name,
    media: chosen.media,
    extras: readExtras(item, item.referred),
    idempotencyKey: item.key,
    campaign: item.campaign ?? null,
    waitForBalance: item.wait_for_balance ?? false,
    sendAtMs: readSendAt(deps, item.send_at),
    validForMs: item.valid_for_s === undefined ? null : item.valid_for_s * 1_000,
  };
}

function readSendAt(deps: V1Deps, text: string | undefined): number | null {
  if (text === undefined) return null;
  const sendAtMs = Date.parse(text);
  if (sendAtMs > deps.clock.now() + SCHEDULE_AHEAD_MAX_S * 1_000) {
    refuseField("send_at", "must be at most 7 days ahead");
  }
  return sendAtMs;
}

function readKey(request: FastifyRequest): string | null {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return null;
  if (typeof key === "string" && /^[\x21-\x7e]{1,255}$/u.test(key)) return key;
  return refuseField("Idempotency-Key", "must be 1 to 255 printable ASCII characters, no blanks");
}

/** Its own key, else its place under the batch's. */
function nameItem(key: string | null, item: Item, index: number): string | null {
  return item.idempotency_key ?? (key === null ? null : `${key}${KEY_SEPARATOR}${index}`);
}

/** One item's failure is its own answer; what nobody foresaw is noted and told as such. */
function refuseItem(deps: V1Deps, error: unknown): AppError {
  const refusal = readRefusal(error);
  if (refusal.code === "internal") deps.logger.error({ err: error }, "http.failed");
  return refusal;
}

async function formatBatch(deps: V1Deps, caller: V1Caller, results: readonly (Sent | AppError)[]) {
  const sent = results.flatMap((result) => ("messageId" in result ? [result.messageId] : []));
  const rows = await readAccepted(deps, caller.accountId, sent);
  const messages = new Map(rows.map((row) => [row.id, formatAccepted(row)]));
  const answers = results.map((result) => {
    if (result instanceof AppError) {
      const problem = formatProblem(result.code, result.detail);
      return { status: problem.status, problem };
    }
    const message = messages.get(result.messageId);
    if (!message) throw new Error("an accepted message cannot be found");
    return { status: 202 as const, message, replayed: result.replayed };
  });
  return { accepted: sent.length, refused: results.length - sent.length, answers };
}
