import { createHash, randomUUID } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { OfficialNumber } from "../../store/numbers.ts";
import { findMagicRole, type MagicRole } from "../../telephones/magic.ts";
import { cut, dawdle } from "../answering.ts";
import { acceptMessage } from "../meta/accept-message.ts";
import { asRecord, type Content } from "../meta/content.ts";
import type { MetaParts } from "../meta/meta-parts.ts";
import { toWaId } from "../meta/wa-id.ts";
import { brokenGateway, type GupshupAnswer, refuse } from "./answers.ts";
import { authorize } from "./authorize.ts";
import { readMessage, readTemplateMessage } from "./read-content.ts";

/** A form whose JSON could be read. */
interface SentForm {
  number: OfficialNumber;
  mobile: string;
  role: MagicRole | undefined;
  content: Content;
  replyTo: string | null;
}

/**
 * `POST /wa/api/v1/msg` and `…/template/msg` (fact sheet 1, 2): keys, names and the form are judged at once;
 * whatever concerns the message is accepted and fails later (1.3).
 */
export async function send(
  parts: MetaParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const form = new URLSearchParams(typeof request.body === "string" ? request.body : "");
  const { httpErrorRate, timeoutRate } = parts.behaviour.current;
  const number = findSender(parts, request, form);
  if ("body" in number) return answer(parts, reply, number);
  if (httpErrorRate > 0 && parts.random() < httpErrorRate) {
    return answer(parts, reply, brokenGateway);
  }
  const sent = readForm(parts, number, form);
  if ("body" in sent) return answer(parts, reply, sent);
  if (sent.role?.kind === "cuts") return cut(request, reply);
  const refusal = (await refuseByRole(parts, sent, form)) ?? refuseByLimit(parts, number);
  if (refusal !== undefined) return answer(parts, reply, refusal);

  const messageId = randomUUID();
  const content = parts.limits.takePair(number.id, sent.mobile)
    ? sent.content
    : { ...sent.content, lateFailure: { code: 131056, details: "Too many to one person" } };
  const input = form.get("destination") ?? "";
  const accepted = { ...sent, content, input, isHidden: false, opaque: null };
  await acceptMessage(parts, accepted, messageId);
  const timesOut = timeoutRate > 0 && parts.random() < timeoutRate;
  if (sent.role?.kind === "never-answers" || timesOut) return reply.hijack();
  // The guide and the reference name different types and the same JSON (1.3).
  const type = form.has("template") ? "application/json" : "text/html";
  const body = JSON.stringify({ status: "submitted", messageId });
  return answer(parts, reply, { status: 202, type, body });
}

/** The number whose key, name and telephone all belong together. */
function findSender(
  parts: MetaParts,
  request: FastifyRequest,
  form: URLSearchParams,
): OfficialNumber | GupshupAnswer {
  const reached = authorize(parts, request);
  if (!Array.isArray(reached)) return reached;
  const found = reached.find(
    (one) => one.displayNumber === form.get("source") && one.appName === form.get("src.name"),
  );
  return found ?? refuse(400, "Invalid App Details");
}

function readForm(
  parts: MetaParts,
  number: OfficialNumber,
  form: URLSearchParams,
): SentForm | GupshupAnswer {
  const destination = form.get("destination") ?? "";
  if (!/^[1-9][0-9]{7,14}$/.test(destination)) return refuse(400, "Invalid Destination");
  const mobile = toWaId(destination);
  const message = parseField(form, "message");
  const template = parseField(form, "template");
  if (message === null || template === null || (message ?? template) === undefined) {
    return refuse(400, "Invalid JSON");
  }
  const content =
    template === undefined
      ? readMessage(parts, number, { message: message ?? {}, mobile })
      : readTemplateMessage(parts, number, {
          template,
          message,
          postbackTexts: parseJson(form.get("postbackTexts") ?? "[]"),
          mobile,
        });
  const replyTo = asRecord(message?.context)?.msgId;
  return {
    number,
    mobile,
    role: findMagicRole(mobile),
    content,
    replyTo: typeof replyTo === "string" ? replyTo : null,
  };
}

/** The object in a field; undefined when the field is not there, null when it holds anything else. */
function parseField(form: URLSearchParams, name: string) {
  const text = form.get(name);
  if (text === null) return undefined;
  return asRecord(parseJson(text)) ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function refuseByRole(
  parts: MetaParts,
  { role, number, mobile }: SentForm,
  form: URLSearchParams,
): Promise<GupshupAnswer | undefined> {
  if (role?.kind === "http-500") return refuse(500, "Internal Server Error");
  if (role?.kind !== "throttled-twice") return undefined;
  // Nothing but its content tells one message from another.
  const digest = createHash("sha256").update(form.toString()).digest("base64url");
  const key = `${number.id} ${mobile} ${digest}`;
  return parts.store.write(() => {
    if (parts.windows.countRefusal(key) <= 2) return refuse(429, "Too Many Requests");
    parts.windows.forgetRefusals(key);
    return undefined;
  });
}

function refuseByLimit(parts: MetaParts, number: OfficialNumber): GupshupAnswer | undefined {
  const free = parts.limits.takeThroughput(number.id, number.throughputPerSecond);
  return free ? undefined : refuse(429, "Too Many Requests");
}

async function answer(
  parts: MetaParts,
  reply: FastifyReply,
  { status, type, body }: GupshupAnswer,
): Promise<unknown> {
  await dawdle(parts);
  return reply.code(status).type(`${type}; charset=utf-8`).send(body);
}
