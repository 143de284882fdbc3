import type { SendOutcome } from "../../domain/send-outcome.ts";
import type { UpstreamReply } from "../../platform/upstream-http.ts";
import { formatSendBody } from "../cloud-wire/send-body.ts";
import { listOf, recordOf, textOf } from "../cloud-wire/untrusted-json.ts";
import type { SendCall } from "../provider.ts";
import { readFailedCall } from "./failures.ts";
import { callGraph, readResult } from "./graph.ts";

/** Hands one message to the Cloud API, once (fact sheet §1). The API knows no idempotency key. */
export async function sendMessage(call: SendCall): Promise<SendOutcome> {
  const reply = await callGraph(call, {
    method: "POST",
    path: [call.channel.numberId, "messages"],
    body: formatSendBody(call),
    beforeWrite: call.beforeWrite,
  });
  return readAccepted(reply) ?? readFailedCall(reply, [call.channel.accessToken], new Date());
}

/** Acceptance is a message id (§1.2). `message_status` and `contacts` may be missing. */
function readAccepted(reply: UpstreamReply): SendOutcome | null {
  const result = readResult(reply);
  const providerMessageId = textOf(recordOf(listOf(result?.messages)[0])?.id);
  if (providerMessageId === null) return null;
  const recipientId = textOf(recordOf(listOf(result?.contacts)[0])?.wa_id);
  return { kind: "accepted", providerMessageId, recipientId };
}
