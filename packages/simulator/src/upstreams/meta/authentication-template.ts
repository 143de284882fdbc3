import type { TemplateComponent } from "../../store/templates.ts";
import { asRecord, type Checked } from "./content.ts";
import { refuseParameter } from "./refusal.ts";

const texts = {
  es: {
    code: "*{{1}}* es tu código de verificación.",
    warning: " Por tu seguridad, no lo compartas.",
    expiry: (minutes: number) => `Este código caduca en ${minutes} minutos.`,
    copy: "Copiar código",
  },
  en: {
    code: "*{{1}}* is your verification code.",
    warning: " For your security, do not share this code.",
    expiry: (minutes: number) => `This code expires in ${minutes} minutes.`,
    copy: "Copy code",
  },
};

/** An authentication template has WhatsApp's own words (fact sheet 5.4); its button is read back as a URL. */
export function toAuthenticationComponents(
  components: TemplateComponent[],
  language: string,
): Checked<{ components: TemplateComponent[] }> {
  const words = language.startsWith("es") ? texts.es : texts.en;
  const kept: TemplateComponent[] = [];
  for (const part of components) {
    if (part.type === "BODY") {
      const isReadBack = part.text?.startsWith(words.code) ?? false;
      if (part.text !== undefined && !isReadBack) {
        return refuseParameter("An AUTHENTICATION template's BODY has no text of its own.");
      }
      const hasWarning = part.add_security_recommendation === true;
      kept.push({ ...part, text: `${words.code}${hasWarning ? words.warning : ""}` });
    } else if (part.type === "FOOTER") {
      const minutes = part.code_expiration_minutes;
      if (typeof minutes !== "number" || minutes < 1 || minutes > 90) {
        return refuseParameter("Param code_expiration_minutes must be 1 to 90.");
      }
      kept.push({ ...part, text: words.expiry(minutes) });
    } else if (part.type === "BUTTONS") {
      const button = asRecord(part.buttons?.[0]);
      const isOtp = /^(otp|url)$/i.test(String(button?.type));
      if (part.buttons?.length !== 1 || !isOtp) {
        return refuseParameter("An AUTHENTICATION template has one button of type OTP.");
      }
      kept.push({ type: "BUTTONS", buttons: [otpButton(button ?? {}, words.copy)] });
    } else {
      return refuseParameter(`An AUTHENTICATION template has no ${part.type}.`);
    }
  }
  if (!kept.some((part) => part.type === "BUTTONS")) {
    return refuseParameter("An AUTHENTICATION template has one button of type OTP.");
  }
  return { components: kept };
}

function otpButton(button: Record<string, unknown>, copy: string) {
  const otpType = String(button.otp_type ?? "COPY_CODE").toUpperCase();
  return {
    type: "URL",
    text: typeof button.text === "string" ? button.text : copy,
    url: `https://www.whatsapp.com/otp/code/?otp_type=${otpType}&code=otp{{1}}`,
    example: [`https://www.whatsapp.com/otp/code/?otp_type=${otpType}&code=otp123456`],
  };
}
