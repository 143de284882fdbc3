import type { TemplateButton } from "./template.ts";
import type { LintInput, Note } from "./template-lint-input.ts";
import { countEmojis, lengthOf } from "./template-lint-texts.ts";

const BUTTONS_MAX = 10;
const TEXT_LENGTH_MAX = 25;
const URL_LENGTH_MAX = 2000;
/** From as many on WhatsApp on a computer shows none. */
const DESKTOP_BUTTONS = 4;

/** Buttons of each kind; a kind that is absent cannot be used. */
const KIND_MAX: Readonly<Partial<Record<TemplateButton["kind"], number>>> = {
  quick_reply: 10,
  url: 2,
  phone_number: 1,
  copy_code: 1,
};

/** Hosts that WhatsApp's reviewers do not like behind a button. */
const UNWANTED_HOST =
  /^(www\.)?(wa\.me|api\.whatsapp\.com|chat\.whatsapp\.com|bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|cutt\.ly)$/iu;

/** The buttons: how many of each kind, in which order, and what each says and leads to. */
export function lintButtons({ definition: { buttons } }: LintInput, note: Note): void {
  if (buttons.length === 0) return;
  if (buttons.length > BUTTONS_MAX) {
    note("buttons-count", "buttons", { given: buttons.length, max: BUTTONS_MAX });
  }
  lintKinds(buttons, note);
  const said = new Set<string>();
  for (const [index, button] of buttons.entries()) {
    const path = `buttons.${index}`;
    // The label of a coupon's button is WhatsApp's own.
    if (button.kind !== "copy_code") {
      lintText(button.text, `${path}.text`, note);
      if (said.has(button.text)) note("button-text-twice", `${path}.text`, { given: button.text });
      said.add(button.text);
    }
    if (button.kind === "url") lintUrl(button.target ?? "", `${path}.target`, note);
    if (button.kind === "phone_number" && !/^\+?[0-9]{4,19}$/u.test(button.target ?? "")) {
      note("phone-form", `${path}.target`);
    }
  }
}

function lintKinds(buttons: readonly TemplateButton[], note: Note): void {
  const byKind = Map.groupBy(buttons, (button) => button.kind);
  for (const [kind, { length: given }] of byKind) {
    const max = KIND_MAX[kind];
    if (max === undefined) note("buttons-kind", "buttons", { kind });
    else if (given > max) note("buttons-kind-count", "buttons", { kind, given, max });
  }
  const groups = buttons.filter(
    ({ kind }, index) => kind === "quick_reply" && buttons[index - 1]?.kind !== "quick_reply",
  );
  if (groups.length > 1) note("buttons-order", "buttons");
  const mixed = byKind.has("quick_reply") && byKind.size > 1;
  if (mixed || buttons.length >= DESKTOP_BUTTONS) note("buttons-desktop", "buttons");
}

function lintText(text: string, path: string, note: Note): void {
  const given = lengthOf(text);
  if (text.trim() === "" || given > TEXT_LENGTH_MAX) {
    note("button-text-length", path, { given, max: TEXT_LENGTH_MAX });
  }
  if (text.includes("{{") || /[\r\n]/u.test(text)) note("button-text-form", path);
  if (countEmojis(text) > 0 || /[*~`]/u.test(text)) note("button-text-emoji", path);
}

function lintUrl(target: string, path: string, note: Note): void {
  const fixed = target.replace(/\{\{\s*1\s*\}\}$/u, "");
  const url = URL.parse(fixed);
  if (!/^https?:\/\//iu.test(target) || url === null || target.length > URL_LENGTH_MAX) {
    note("url-form", path, { max: URL_LENGTH_MAX });
  } else if (UNWANTED_HOST.test(url.hostname)) note("url-whatsapp", path);
  if (/[{}]/u.test(fixed)) note("url-variable", path);
}
