import type { OfficialNumber } from "../../store/numbers.ts";
import { checkContent } from "../meta/check-content.ts";
import type { Content } from "../meta/content.ts";
import type { MetaParts } from "../meta/meta-parts.ts";
import { isRefusal } from "../meta/refusal.ts";
import { findByGupshupId } from "./template-id.ts";
import { toMetaMessage, toMetaTemplate } from "./to-meta-body.ts";

type Body = Record<string, unknown>;

/** What a session message puts on the telephone, or the failure that will come of it. */
export function readMessage(
  parts: MetaParts,
  number: OfficialNumber,
  { message, mobile }: { message: Body; mobile: string },
): Content {
  return judge(parts, number, { body: toMetaMessage(message), mobile });
}

/** The same for a template, which is named by Gupshup's id of it (fact sheet 2.1). */
export function readTemplateMessage(
  parts: MetaParts,
  number: OfficialNumber,
  sent: { template: Body; message: Body | undefined; postbackTexts: unknown; mobile: string },
): Content {
  const { template: given, message, postbackTexts, mobile } = sent;
  const known = parts.templates.listOfWaba(number.wabaId);
  const template = findByGupshupId(known, String(given.id));
  if (template === undefined) return { type: "template", lateFailure: noTemplate };
  const params = Array.isArray(given.params) ? given.params : [];
  const filling = { params, postbackTexts, ...(message === undefined ? {} : { message }) };
  const content = judge(parts, number, { body: toMetaTemplate(template, filling), mobile });
  // What fails later shows in its list as well.
  const { name, language } = template;
  return { category: template.category.toLowerCase(), template: { name, language }, ...content };
}

const noTemplate = { code: 4003, details: "No Template Match" };

/** WhatsApp's judgement of what Gupshup hands over: what it would refuse at once comes as a failure here. */
function judge(
  parts: MetaParts,
  number: OfficialNumber,
  { body, mobile }: { body: Body; mobile: string },
): Content {
  const type = String(body.type);
  if (mobile === number.displayNumber) {
    return { type, lateFailure: { code: 131021, details: "Recipient cannot be sender" } };
  }
  const checked = checkContent(
    {
      number,
      findMedia(id) {
        const row = parts.media.findLiving(id, parts.clock());
        return row?.number_id === number.id ? row : undefined;
      },
      findTemplate: (name, language) => parts.templates.findByName(number.wabaId, name, language),
    },
    body,
  );
  if (!isRefusal(checked)) return checked;
  const { code, details, message } = checked;
  return { type, lateFailure: { code, details: details ?? message } };
}
