import type { Template, TemplateComponent } from "../../store/templates.ts";
import { checkAttachment } from "./check-attachment.ts";
import { checkTemplateButtons } from "./check-template-buttons.ts";
import { checkParameters, countMismatch } from "./check-template-parameters.ts";
import { asRecord, type CheckContext, type Checked, type Content, isLonger } from "./content.ts";
import type { MediaKind } from "./media-kinds.ts";
import { isRefusal, type Refusal, refuse, refuseParameter } from "./refusal.ts";
import type { SentComponent } from "./sent-component.ts";
import { fillTemplateText, listVariables, type Values } from "./template-text.ts";

const sentTypes = ["header", "body", "footer", "button", "limited_time_offer"];

/** A template message: existence and status first, then every part against the template (fact sheet 1.5). */
export function checkTemplate(
  context: CheckContext,
  sent: Record<string, unknown>,
): Checked<Content> {
  const found = findTemplate(context, sent);
  if (isRefusal(found)) return found;
  const template = found;
  const components = readComponents(sent.components);
  if (!Array.isArray(components)) return components;
  const header = checkHeader(context, template, components);
  if (isRefusal(header)) return header;
  const body = checkBody(template, components);
  if (isRefusal(body)) return body;
  const buttons = checkTemplateButtons(template, components);
  if (isRefusal(buttons)) return buttons;
  return {
    type: "template",
    template: { name: template.name, language: template.language },
    category: template.category.toLowerCase(),
    footer: partOf(template, "FOOTER")?.text ?? null,
    ...header,
    ...body,
    ...buttons,
  };
}

function findTemplate(context: CheckContext, sent: Record<string, unknown>): Checked<Template> {
  const { name } = sent;
  const code = asRecord(sent.language)?.code;
  if (typeof name !== "string" || name === "") {
    return refuse(131008, "Parameter 'template.name' is mandatory");
  }
  if (typeof code !== "string" || code === "") {
    return refuse(131008, "Parameter 'template.language.code' is mandatory");
  }
  const template = context.findTemplate(name, code);
  if (template?.status === "PAUSED") {
    return refuse(132015, `Template ${name} is paused due to low quality`);
  }
  if (template?.status === "DISABLED") {
    return refuse(132016, `Template ${name} has been disabled`);
  }
  if (template?.status !== "APPROVED") {
    return refuse(132001, `template name (${name}) does not exist in ${code}`, {
      message: "(#132001) Template name does not exist in the translation",
    });
  }
  return template;
}

function readComponents(value: unknown): SentComponent[] | Refusal {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    return refuseParameter("Param template['components'] must be an array.");
  }
  const components: SentComponent[] = [];
  for (const [index, item] of value.entries()) {
    const raw = asRecord(item);
    const type = String(raw?.type).toLowerCase();
    const path = `template['components'][${index}]`;
    if (raw === undefined || !sentTypes.includes(type)) {
      return refuseParameter(
        `Param ${path}['type'] must be one of {HEADER, BODY, BUTTON, LIMITED_TIME_OFFER} - got "${type}".`,
      );
    }
    const list = raw.parameters ?? [];
    if (!Array.isArray(list))
      return refuseParameter(`Param ${path}['parameters'] must be an array.`);
    const parameters = list.map(asRecord);
    if (!parameters.every((one) => one !== undefined)) {
      return refuseParameter(`Param ${path}['parameters'] must be an array of objects.`);
    }
    components.push({ index, type, parameters: parameters as SentComponent["parameters"], raw });
  }
  return components;
}

/** The part of a template of that type, whatever case it was created in. */
function partOf(template: Template, type: string): TemplateComponent | undefined {
  return template.components.find((one) => one.type.toUpperCase() === type);
}

function checkHeader(
  context: CheckContext,
  template: Template,
  components: SentComponent[],
): Checked<Pick<Content, "headerText" | "attachment" | "lateFailure">> {
  const part = partOf(template, "HEADER");
  const sent = components.find((one) => one.type === "header");
  const format = part === undefined ? "NONE" : (part.format ?? "TEXT").toUpperCase();
  if (format === "TEXT" || format === "NONE") return checkTextHeader(template, part, sent);
  const parameter = sent?.parameters[0];
  const received = parameter === undefined ? "UNKNOWN" : String(parameter.type).toUpperCase();
  if (received !== format) {
    return refuse(132012, `header: Format mismatch, expected ${format}, received ${received}`);
  }
  if (sent !== undefined && sent.parameters.length > 1) {
    return refuse(132000, countMismatch("header", sent.parameters.length, 1));
  }
  if (format === "LOCATION")
    return { headerText: String(asRecord(parameter?.location)?.name ?? "") };
  const kind = format.toLowerCase() as MediaKind;
  const path = `template['components'][${sent?.index}]['parameters'][0]['${kind}']`;
  const object = asRecord(parameter?.[kind]);
  if (object === undefined) return refuse(131008, `Parameter '${path}' is mandatory`);
  return checkAttachment(context, { kind, object, path, place: "header" });
}

function checkTextHeader(
  template: Template,
  part: TemplateComponent | undefined,
  sent: SentComponent | undefined,
): Checked<Pick<Content, "headerText">> {
  const text = part?.text ?? "";
  const parameters = sent?.parameters ?? [];
  const media = parameters.find((one) => ["image", "video", "document"].includes(String(one.type)));
  if (media !== undefined) {
    const type = String(media.type).toUpperCase();
    return refuse(132018, `header: unexpected parameter of type ${type}, the template has none`);
  }
  const values = checkParameters({
    part: "header",
    componentIndex: sent?.index ?? 0,
    variables: listVariables(text),
    parameters,
    template,
  });
  if (isRefusal(values)) return values;
  const filled = fillTemplateText(text, values);
  if (isLonger(filled, 60)) return refuse(132005, "header: Translated text too long");
  return { headerText: part === undefined ? null : filled };
}

function checkBody(
  template: Template,
  components: SentComponent[],
): Checked<Pick<Content, "body">> {
  const text = partOf(template, "BODY")?.text ?? "";
  const sent = components.find((one) => one.type === "body");
  const values: Checked<Values> = checkParameters({
    part: "body",
    componentIndex: sent?.index ?? 0,
    variables: listVariables(text),
    parameters: sent?.parameters ?? [],
    template,
  });
  if (isRefusal(values)) return values;
  const filled = fillTemplateText(text, values);
  if (isLonger(filled, 1024)) return refuse(132005, "body: Translated text too long");
  return { body: filled };
}
