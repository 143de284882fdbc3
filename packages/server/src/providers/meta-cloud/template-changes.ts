import { formatTemplateBody } from "../cloud-wire/template-body.ts";
import { foldCategory } from "../cloud-wire/template-words.ts";
import { textOf } from "../cloud-wire/untrusted-json.ts";
import { namelessFailure } from "../cloud-wire/upstream-error.ts";
import type {
  DeleteTemplateCall,
  DeleteTemplateOutcome,
  EditTemplateCall,
  EditTemplateOutcome,
  SampleOutcome,
  UploadCall,
} from "../provider.ts";
import { readFailedCall, readRepeatableFailure } from "./failures.ts";
import { callGraph, graphHeaders, graphUrl, readResult } from "./graph.ts";

/** A large file on a slow line. */
const UPLOAD_TIMEOUT_MS = 5 * 60 * 1_000;

/** "Message template not found", as the error's subcode. */
const NOT_FOUND = /\b2593002\b/u;

/** What an upload session is called (fact sheet §4); anything else must not become part of an address. */
const SESSION = /^upload:[\w=+-]{1,500}(\?sig=[\w=.-]{1,500})?$/u;

/** Submits another content (§5.1, §5.5): all components are replaced. */
export async function editTemplate(call: EditTemplateCall): Promise<EditTemplateOutcome> {
  const { name: _name, language: _language, ...content } = formatTemplateBody(call.template);
  const reply = await callGraph(call, {
    method: "POST",
    path: [call.providerTemplateId],
    body: content,
  });
  const result = readResult(reply);
  if (result?.success === true) return { kind: "edited", category: foldCategory(result.category) };
  const failed = readFailedCall(reply, [call.channel.accessToken], new Date());
  if (failed.kind === "refused") return failed;
  return { kind: "refused", failure: namelessFailure(failed.why, { kind: "never" }) };
}

/** Deletes by name, or one language of it by its id (§5.1). */
export async function deleteTemplate(call: DeleteTemplateCall): Promise<DeleteTemplateOutcome> {
  const { name, providerTemplateId, allLanguages } = call;
  const reply = await callGraph(call, {
    method: "DELETE",
    path: [call.channel.businessId, "message_templates"],
    query: { name, ...(allLanguages ? {} : { hsm_id: providerTemplateId }) },
  });
  if (readResult(reply)?.success === true) return { kind: "deleted" };
  if (reply.kind === "reply" && NOT_FOUND.test(reply.body)) return { kind: "deleted" };
  const failure = readRepeatableFailure(reply, [call.channel.accessToken], new Date());
  return { kind: "refused", failure };
}

/**
 * Uploads a sample by the resumable upload, in one piece (§4): a session of the token's own app, then the bytes. The session's
 * name carries a signature of its own, which is part of the address.
 */
export async function uploadSample(call: UploadCall): Promise<SampleOutcome> {
  const opened = await callGraph(call, {
    method: "POST",
    path: ["app", "uploads"],
    query: { file_name: call.name, file_length: String(call.bytes), file_type: call.mime },
  });
  const session = textOf(readResult(opened)?.id);
  if (session === null || !SESSION.test(session)) {
    return { kind: "refused", failure: failureOf(call, opened) };
  }
  const sent = await call.http.request({
    method: "POST",
    url: `${graphUrl(call.channel, [])}/${session}`,
    headers: {
      ...graphHeaders(call.channel),
      authorization: `OAuth ${call.channel.accessToken}`,
      file_offset: "0",
      "content-type": "application/octet-stream",
      "content-length": String(call.bytes),
    },
    body: call.open(),
    timeoutMs: UPLOAD_TIMEOUT_MS,
  });
  const handle = textOf(readResult(sent)?.h);
  if (handle === null) return { kind: "refused", failure: failureOf(call, sent) };
  return { kind: "uploaded", handle, url: null };
}

function failureOf(call: UploadCall, reply: Parameters<typeof readRepeatableFailure>[0]) {
  return readRepeatableFailure(reply, [call.channel.accessToken], new Date());
}
