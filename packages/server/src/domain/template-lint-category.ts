import type { LintInput, Note } from "./template-lint-input.ts";

const CODE_MINUTES_MAX = 90;

/** Words of promotions, in Spanish and English; WhatsApp's own reading is finer, and ours only warns. */
const PROMOTIONAL =
  /(?<![\p{L}\p{N}])(ofertas?|promoci[oó]n(?:es)?|descuentos?|rebajas?|gratis|sorteos?|cup[oó]n(?:es)?|liquidaci[oó]n|aproveche|compre ahora|[uú]ltimas unidades|discounts?|sale|offers?|free|coupons?|buy now|limited time|deals?|\d{1,3} ?% (?:de descuento|off))(?![\p{L}\p{N}])/iu;

const CODE =
  /(c[oó]digo de (verificaci[oó]n|acceso|seguridad)|verification code|one[- ]time (code|password)|\bOTP\b)/iu;

/** `baja` and `stop` stand alone: `rebajas` and `trabaja` offer no way out. */
const OPT_OUT =
  /(?<![\p{L}\p{N}])(?:baja|stop)(?![\p{L}\p{N}])|no recibir|cancelar|desuscri|opt[- ]?out|unsubscribe|no me interesa/iu;

/** Whether WhatsApp is likely to see another category in it than its author. */
export function lintCategory({ category, definition }: LintInput, note: Note): void {
  const { header, body, footer, buttons } = definition;
  const texts = [header?.text ?? "", body, footer ?? "", ...buttons.map(({ text }) => text)];
  const whole = texts.join("\n");
  const [promotional] = PROMOTIONAL.exec(whole) ?? [];
  if (category === "utility" && promotional !== undefined) {
    note("category-promotional", "category", { given: promotional });
  }
  if (CODE.test(whole)) note("category-code", "category");
  if (category === "marketing" && !OPT_OUT.test(whole)) note("marketing-opt-out", "footer");
}

/** A template for codes has WhatsApp's own words: only its button and its minutes are the author's. */
export function lintAuthentication({ definition, examples }: LintInput, note: Note): void {
  const { header, body, footer, buttons } = definition;
  const [button] = buttons;
  if (header !== null || buttons.length !== 1 || button?.kind !== "otp") {
    note("authentication-parts", "buttons");
  } else if ([...button.text].length > 25) {
    note("button-text-length", "buttons.0.text", { given: [...button.text].length, max: 25 });
  }
  if (body.trim() !== "{{1}}" && body.trim() !== "") note("authentication-body", "body");
  const minutes = /\d+/u.exec(footer ?? "")?.[0];
  if (
    footer !== null &&
    (minutes === undefined || Number(minutes) < 1 || Number(minutes) > CODE_MINUTES_MAX)
  ) {
    note("authentication-minutes", "footer");
  }
  if (examples.length > 1) note("example-count", "examples", { given: examples.length, wanted: 1 });
}
