import type { ButtonOnTelephone } from "@recado/contract/simulator-api";
import type { Template, TemplateButton } from "../../store/templates.ts";
import { checkTextValue } from "./check-template-parameters.ts";
import { type Checked, type Content, isLonger } from "./content.ts";
import { isRefusal, type Refusal, refuse } from "./refusal.ts";
import type { SentComponent } from "./sent-component.ts";
import { fillTemplateText, listVariables } from "./template-text.ts";

const couponCharactersMax = 20;
const payloadCharactersMax = 256;

interface Filled {
  button: ButtonOnTelephone;
  payload?: string;
}

/** Each button of the template with its value; each button component with a button that takes it. */
export function checkTemplateButtons(
  template: Template,
  components: SentComponent[],
): Checked<Pick<Content, "buttons" | "payloads">> {
  const buttons = template.components.flatMap((one) =>
    one.type.toUpperCase() === "BUTTONS" ? (one.buttons ?? []) : [],
  );
  const sent = new Map<number, SentComponent>();
  for (const component of components.filter((one) => one.type === "button")) {
    const index = Number(component.raw.index);
    const button = Number.isInteger(index) ? buttons[index] : undefined;
    if (
      button === undefined ||
      subTypeOf(button) !== String(component.raw.sub_type).toLowerCase()
    ) {
      return refuse(
        132018,
        `buttons: Button at index ${String(component.raw.index)} of sub_type ${String(component.raw.sub_type)} is not in the template`,
      );
    }
    sent.set(index, component);
  }
  const filled: Filled[] = [];
  for (const [index, button] of buttons.entries()) {
    const one = fillButton(button, index, sent.get(index));
    if (isRefusal(one)) return one;
    filled.push(one);
  }
  return {
    buttons: filled.map((one) => one.button),
    payloads: Object.fromEntries(
      filled.flatMap((one) => (one.payload === undefined ? [] : [[one.button.text, one.payload]])),
    ),
  };
}

function subTypeOf(button: TemplateButton): string {
  return button.type.toLowerCase();
}

function fillButton(
  button: TemplateButton,
  index: number,
  sent: SentComponent | undefined,
): Filled | Refusal {
  const text = button.text ?? "";
  const parameter = sent?.parameters[0];
  const type = button.type.toUpperCase();
  if (type === "QUICK_REPLY") {
    const payload = parameter?.payload;
    if (
      payload !== undefined &&
      (typeof payload !== "string" || isLonger(payload, payloadCharactersMax))
    ) {
      return refuse(132018, `buttons: payload at index ${index} is no string or too long`);
    }
    return { button: { kind: "quick_reply", text, target: null }, payload: payload ?? text };
  }
  if (type === "URL") return fillUrl(button, index, parameter);
  if (type === "COPY_CODE") {
    const code = parameter?.coupon_code;
    if (typeof code !== "string" || code === "") {
      return refuse(
        131008,
        `buttons: Button at index ${index} of type Copy Code requires a parameter`,
      );
    }
    if (isLonger(code, couponCharactersMax)) {
      return refuse(
        132018,
        `buttons: coupon_code at index ${index} is over ${couponCharactersMax}`,
      );
    }
    return { button: { kind: "copy_code", text: text || "Copiar código", target: code } };
  }
  if (type === "PHONE_NUMBER") {
    return { button: { kind: "phone_number", text, target: button.phone_number ?? null } };
  }
  return { button: { kind: "other", text, target: null } };
}

function fillUrl(
  button: TemplateButton,
  index: number,
  parameter: Record<string, unknown> | undefined,
): Filled | Refusal {
  const url = button.url ?? "";
  const text = button.text ?? "";
  const [variable] = listVariables(url);
  if (variable === undefined) {
    if (parameter !== undefined) {
      return refuse(132018, `buttons: Button at index ${index} of type Url takes no parameter`);
    }
    return { button: { kind: "url", text, target: url } };
  }
  if (parameter === undefined) {
    return refuse(131008, `buttons: Button at index ${index} of type Url requires a parameter`);
  }
  const checked = checkTextValue(parameter.text, `buttons[${index}]['text']`);
  if (isRefusal(checked)) return checked;
  const target = fillTemplateText(url, new Map([[variable, checked.text]]));
  const isCode = /^https:\/\/www\.whatsapp\.com\/otp\//.test(url);
  if (isCode && isLonger(checked.text, 15)) {
    return refuse(
      132018,
      `button: Parameter at index ${index} exceeds the parameter length limit 15`,
    );
  }
  return {
    button: isCode
      ? { kind: "copy_code", text, target: checked.text }
      : { kind: "url", text, target },
  };
}
