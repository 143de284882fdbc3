import type { FastifyReply, FastifyRequest } from "fastify";
import type { OfficialNumber } from "../../store/numbers.ts";
import { findMagicRole } from "../../telephones/magic.ts";
import { cut, dawdle } from "../answering.ts";
import { acceptMessage } from "./accept-message.ts";
import { authorize, checkPermission } from "./authorize.ts";
import { checkContent } from "./check-content.ts";
import type { CheckedSend } from "./checked-send.ts";
import { asRecord } from "./content.ts";
import { getFailureCode } from "./failure-codes.ts";
import { markRead } from "./mark-read.ts";
import type { MetaParts } from "./meta-parts.ts";
import { formatEnvelope, isRefusal, type Refusal, refuse, refuseUnknownObject } from "./refusal.ts";
import { parseRecipient, toBusinessScopedId, toWaId } from "./wa-id.ts";
import { createWamid } from "./wamid.ts";

/** `POST /{phone_number_id}/messages` (fact sheet 1): refused at once, or accepted and told about later. */
export async function send(
  parts: MetaParts,
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
): Promise<unknown> {
  const number = findSender(parts, request);
  if (isRefusal(number)) return answerRefusal(parts, reply, number);
  const body = asRecord(request.body);
  if (body === undefined) {
    return answerRefusal(parts, reply, refuse(100, "The body must be a JSON object"));
  }
  const { httpErrorRate, timeoutRate } = parts.behaviour.current;
  if (httpErrorRate > 0 && parts.random() < httpErrorRate) {
    return answerRefusal(parts, reply, refuse(131000));
  }
  if (body.status !== undefined) {
    const refusal = await markRead(parts, number, body);
    return refusal === undefined ? { success: true } : answerRefusal(parts, reply, refusal);
  }
  const checked = checkSend(parts, number, body);
  if (isRefusal(checked)) return answerRefusal(parts, reply, checked);
  if (checked.role?.kind === "cuts") return cut(request, reply);
  const refusal = (await refuseByRole(parts, checked)) ?? refuseByLimits(parts, checked);
  if (refusal !== undefined) return answerRefusal(parts, reply, refusal);

  const id = createWamid(checked.mobile, "to-user");
  await acceptMessage(parts, checked, id);
  const timesOut = timeoutRate > 0 && parts.random() < timeoutRate;
  if (checked.role?.kind === "never-answers" || timesOut) return reply.hijack();
  await dawdle(parts);
  return {
    messaging_product: "whatsapp",
    contacts: [
      checked.isHidden
        ? { input: checked.input, user_id: checked.input }
        : { input: checked.input, wa_id: checked.mobile },
    ],
    messages: [checked.content.type === "template" ? { id, message_status: "accepted" } : { id }],
  };
}

function findSender(
  parts: MetaParts,
  request: FastifyRequest<{ Params: { id: string } }>,
): OfficialNumber | Refusal {
  const reached = authorize(parts, request);
  if (isRefusal(reached)) return reached;
  const { id } = request.params;
  const found = reached.find((number) => number.id === id);
  if (found === undefined) return refuseUnknownObject(id);
  return checkPermission(parts, found, "whatsapp_business_messaging") ?? found;
}

function checkSend(
  parts: MetaParts,
  number: OfficialNumber,
  body: Record<string, unknown>,
): CheckedSend | Refusal {
  const isHidden = body.to === undefined;
  const mobile = isHidden ? findHidden(parts, number, body) : readNumber(body);
  if (typeof mobile !== "string") return mobile;
  if (mobile === number.displayNumber) return refuse(131021, "Recipient cannot be sender");
  const now = parts.clock();
  const content = checkContent(
    {
      number,
      findMedia(id) {
        const row = parts.media.findLiving(id, now);
        return row?.number_id === number.id ? row : undefined;
      },
      findTemplate: (name, language) => parts.templates.findByName(number.wabaId, name, language),
    },
    body,
  );
  if (isRefusal(content)) return content;
  if (isHidden && content.type === "template" && content.category === "authentication") {
    return refuse(131062, "Codes cannot be sent to a business-scoped user id");
  }
  const context = asRecord(body.context);
  if (body.context !== undefined && typeof context?.message_id !== "string") {
    return refuse(131008, "Parameter 'context.message_id' is mandatory");
  }
  return {
    number,
    input: String(isHidden ? body.recipient : body.to),
    isHidden,
    mobile,
    content,
    opaque: (body.biz_opaque_callback_data as string | undefined) ?? null,
    replyTo: (context?.message_id as string | undefined) ?? null,
    role: findMagicRole(mobile),
  };
}

function readNumber(body: Record<string, unknown>): string | Refusal {
  const digits = typeof body.to === "string" ? parseRecipient(body.to) : null;
  if (digits === null) return refuse(131009, "Parameter 'to' is not a valid phone number");
  return toWaId(digits);
}

/** The telephone that has this business-scoped id (fact sheet 3.5): only of those that wrote to the number before. */
function findHidden(
  parts: MetaParts,
  number: OfficialNumber,
  { recipient }: Record<string, unknown>,
): string | Refusal {
  if (recipient === undefined) return refuse(131008, "Parameter 'to' is mandatory");
  const found = parts.messages
    .listTelephones()
    .find(({ mobile }) => toBusinessScopedId(mobile, number.wabaId) === recipient);
  return (
    found?.mobile ?? refuse(131009, "Parameter 'recipient' is nobody's business-scoped user id")
  );
}

async function refuseByRole(
  parts: MetaParts,
  { role, opaque, mobile, number }: CheckedSend,
): Promise<Refusal | undefined> {
  if (role?.kind === "http-500") return refuse(131000);
  if (role?.kind === "fails" && getFailureCode(role.code).when === "call") return refuse(role.code);
  if (role?.kind !== "throttled-twice") return undefined;
  const key = `${number.id} ${mobile} ${opaque ?? ""}`;
  return parts.store.write(() => {
    if (parts.windows.countRefusal(key) <= 2) return refuse(130429, throttled);
    parts.windows.forgetRefusals(key);
    return undefined;
  });
}

const throttled = "Cloud API message throughput has been reached.";

function refuseByLimits(parts: MetaParts, { number, mobile }: CheckedSend): Refusal | undefined {
  if (!parts.limits.takeThroughput(number.id, number.throughputPerSecond)) {
    return refuse(130429, throttled, { subcode: 2494055 });
  }
  if (!parts.limits.takePair(number.id, mobile)) {
    return refuse(
      131056,
      "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.",
    );
  }
  return undefined;
}

async function answerRefusal(
  parts: MetaParts,
  reply: FastifyReply,
  refusal: Refusal,
): Promise<unknown> {
  await dawdle(parts);
  return reply.code(refusal.httpStatus).send(formatEnvelope(refusal));
}
