import type { SendOutcome } from "../../domain/send-outcome.ts";
import type { UpstreamReply } from "../../platform/upstream-http.ts";
import { textOf } from "../cloud-wire/untrusted-json.ts";
import type { SendCall } from "../provider.ts";
import { callGupshup, readResult } from "./api.ts";
import { noTemplate, readFailedCall } from "./failures.ts";
import { formatSendForm } from "./send-form.ts";

const SESSION = ["wa", "api", "v1", "msg"];
const TEMPLATE = ["wa", "api", "v1", "template", "msg"];

/**
 * Hands one message to Gupshup, once (fact sheet §1, §2). There is no idempotency key and no field of ours
 * that would come back: the `messageId` of the answer is all that later events can be matched by.
 */
export async function sendMessage(call: SendCall): Promise<SendOutcome> {
  const form = formatSendForm(call);
  if (form === null) return { kind: "refused", failure: noTemplate() };
  const reply = await callGupshup(call, {
    method: "POST",
    path: call.content.type === "template" ? TEMPLATE : SESSION,
    form,
    beforeWrite: call.beforeWrite,
  });
  return readAccepted(reply) ?? readFailedCall(reply, [call.channel.accessToken]);
}

/** Accepted is a message id; the word of `status` differs from page to page (§1.3). */
function readAccepted(reply: UpstreamReply): SendOutcome | null {
  const providerMessageId = textOf(readResult(reply)?.messageId);
  return providerMessageId === null
    ? null
    : { kind: "accepted", providerMessageId, recipientId: null };
}
