import type { composeBody } from "@recado/contract/console/inbox-actions";
import { INBOX_OPERATIONS as calls } from "@recado/contract/console/inbox-operations";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { refuseField } from "../../accounts/check-fields.ts";
import { findReferredMessages } from "../../gateway/referred-messages.ts";
import { type Composed, composeMessage } from "../../inbox/compose-message.ts";
import { leaveComposer, takeComposer } from "../../inbox/composer.ts";
import { type Draft, readDraft, saveDraft } from "../../inbox/drafts.ts";
import { forgetPresence, notePresence } from "../../inbox/presence.ts";
import { retryMessage } from "../../inbox/retry-message.ts";
import { AppError } from "../../platform/app-error.ts";
import { takeMedia } from "../v1/media-choice.ts";
import { listReferences, readExtras } from "../v1/session-choice.ts";
import type { ConsoleCaller, ConsoleDeps } from "./console-deps.ts";
import { inboxDepsOf } from "./inbox-office.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** Writing to the person: composer, drafts, sending, sending once more. */
export function serveComposing(serve: ConsoleServe, deps: ConsoleDeps): void {
  const inbox = inboxDepsOf(deps);
  serve(calls.composeMessage, async ({ caller, params, body, request }) => {
    const key = readKey(request);
    const act = { ...agentOf(caller), conversationId: params.id };
    return formatComposed(await compose(deps, { caller, act, body, key }));
  });
  serve(calls.retryMessage, async ({ caller, params, request }) => {
    const act = { ...agentOf(caller), messageId: params.id, key: readKey(request) };
    return formatComposed(await retryMessage(inbox, act));
  });
  serve(calls.takeComposer, async ({ caller, params, body }) => {
    const { accountId, userId } = caller;
    const act = { accountId, userId, conversationId: params.id, takeOver: body.take_over };
    const taken = await takeComposer(inbox, act);
    return {
      user_id: taken.userId,
      since: taken.takenAt.toISOString(),
      expires_at: taken.freeAt.toISOString(),
      taken_from: taken.takenFrom,
    };
  });
  serve(calls.leaveComposer, async ({ caller, params }) => {
    const { accountId, userId } = caller;
    await leaveComposer(inbox, { accountId, userId, conversationId: params.id });
  });
  serve(calls.notePresence, async ({ caller, body }) => {
    const { accountId, userId } = caller;
    const { client: clientId, conversation_id: conversationId, doing } = body;
    if (body.gone) await forgetPresence(inbox, { accountId, userId, clientId });
    else await notePresence(inbox, { accountId, userId, clientId, conversationId, doing });
  });
  serve(calls.getDraft, async ({ caller, params }) => {
    const { accountId, userId } = caller;
    return formatDraft(await readDraft(inbox, { accountId, userId, conversationId: params.id }));
  });
  serve(calls.saveDraft, async ({ caller, params, body }) => {
    const { accountId, userId } = caller;
    const draft = { body: body.text, kind: body.kind, replyTo: body.reply_to };
    const act = { accountId, userId, conversationId: params.id };
    return formatDraft(await saveDraft(inbox, act, draft));
  });
}

interface Composing {
  caller: ConsoleCaller;
  act: ReturnType<typeof agentOf> & { conversationId: string };
  body: z.output<typeof composeBody>;
  key: string;
}

async function compose(
  deps: ConsoleDeps,
  { caller, act, body, key }: Composing,
): Promise<Composed> {
  const referred = await findReferredMessages(deps, caller, listReferences([body]));
  const extras = readExtras(body, referred);
  const { template, text = null, variables = [] } = body;
  const chosen = await takeMedia(deps, caller, body.media);
  try {
    const composed = await composeMessage(inboxDepsOf(deps), act, {
      ...{ text, variables, extras, key, media: chosen.media, mediaName: chosen.name },
      template: template && "id" in template ? { number: template.id } : (template ?? null),
    });
    if (composed.replayed) await chosen.discard();
    return composed;
  } catch (error) {
    // A foreseen refusal is certain; after anything else the message may stand, with its file.
    if (error instanceof AppError) await chosen.discard();
    throw error;
  }
}

function readKey(request: FastifyRequest): string {
  const key = request.headers["idempotency-key"];
  if (typeof key === "string" && /^[\x21-\x7e]{8,255}$/u.test(key)) return key;
  return refuseField("Idempotency-Key", "must be 8 to 255 printable ASCII characters, no blanks");
}

function agentOf({ accountId, userId, permissions }: ConsoleCaller) {
  return { accountId, userId, maySupervise: permissions.includes("inbox.supervise") };
}

function formatComposed({ message, conversation, replayed }: Composed) {
  return { message, conversation, replayed };
}

function formatDraft(draft: Draft | null) {
  if (!draft) return { draft: null };
  const { body, kind, replyTo, updatedAt } = draft;
  const shown = { text: body, kind, reply_to: replyTo, updated_at: updatedAt.toISOString() };
  return { draft: shown };
}
