import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { foldCategory } from "../cloud-wire/template-words.ts";
import { recordOf, textOf } from "../cloud-wire/untrusted-json.ts";
import { namelessFailure } from "../cloud-wire/upstream-error.ts";
import type {
  DeleteTemplateCall,
  DeleteTemplateOutcome,
  EditTemplateCall,
  EditTemplateOutcome,
  SampleOutcome,
  UploadCall,
} from "../provider.ts";
import { callGupshup, readResult } from "./api.ts";
import { readFailedCall, readRepeatableFailure } from "./failures.ts";
import { formatTemplateForm } from "./template-form.ts";

/** A large file on a slow line. */
const UPLOAD_TIMEOUT_MS = 5 * 60 * 1_000;

/** Gupshup's words for a name that it does not have, of which there are two spellings (fact sheet §3.4). */
const NOT_FOUND = /template does not exist/iu;

/**
 * Submits another content. Documented for the partners' API (§3.4); the self-serve address follows the pattern of its siblings.
 */
export async function editTemplate(call: EditTemplateCall): Promise<EditTemplateOutcome> {
  const {
    elementName: _name,
    languageCode: _language,
    ...form
  } = formatTemplateForm(call.template);
  const reply = await callGupshup(call, {
    method: "PUT",
    path: ["wa", "app", call.channel.businessId, "template", call.providerTemplateId],
    form,
  });
  const result = readResult(reply);
  if (result !== null) {
    return { kind: "edited", category: foldCategory(recordOf(result.template)?.category) };
  }
  const failed = readFailedCall(reply, [call.channel.accessToken]);
  if (failed.kind === "refused") return failed;
  return { kind: "refused", failure: namelessFailure(failed.why, { kind: "never" }) };
}

/** Deletes every language of the name (§3.4): Gupshup knows no other way. */
export async function deleteTemplate(call: DeleteTemplateCall): Promise<DeleteTemplateOutcome> {
  if (!call.allLanguages) {
    const failure = namelessFailure("Gupshup deletes all languages of a name or none", {
      kind: "never",
    });
    return { kind: "refused", failure };
  }
  const reply = await callGupshup(call, {
    method: "DELETE",
    path: ["wa", "app", call.channel.businessId, "template", call.name],
  });
  if (readResult(reply) !== null) return { kind: "deleted" };
  if (reply.kind === "reply" && NOT_FOUND.test(reply.body)) return { kind: "deleted" };
  return { kind: "refused", failure: readRepeatableFailure(reply, [call.channel.accessToken]) };
}

/** Uploads a sample (§3.5): its id and address both go into the template. Streamed, never held whole. */
export async function uploadSample(call: UploadCall): Promise<SampleOutcome> {
  const boundary = `recado-${randomUUID()}`;
  const name = call.name.replaceAll(/["\r\n]/gu, "_");
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file_type"\r\n\r\n${call.mime}\r\n` +
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n` +
      `content-type: ${call.mime}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const { baseUrl, businessId, accessToken } = call.channel;
  const reply = await call.http.request({
    method: "POST",
    url: `${baseUrl}/wa/${encodeURIComponent(businessId)}/wa/media/v2`,
    headers: {
      apikey: accessToken,
      accept: "application/json",
      "user-agent": "Recado/1",
      "content-type": `multipart/form-data; boundary=${boundary}`,
      "content-length": String(head.length + call.bytes + tail.length),
    },
    body: Readable.from(join(head, call.open(), tail), { objectMode: false }),
    timeoutMs: UPLOAD_TIMEOUT_MS,
  });
  const media = recordOf(readResult(reply)?.media);
  const [handle, url] = [textOf(media?.id), textOf(media?.url)];
  if (handle === null || url === null) {
    return { kind: "refused", failure: readRepeatableFailure(reply, [accessToken]) };
  }
  return { kind: "uploaded", handle, url };
}

async function* join(
  head: Buffer,
  body: NodeJS.ReadableStream,
  tail: Buffer,
): AsyncGenerator<Uint8Array> {
  yield head;
  for await (const chunk of body) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  yield tail;
}
