import { TEMPLATE_LANGUAGES } from "./template-languages.ts";
import type { LintInput, Note } from "./template-lint-input.ts";

const NAME_LENGTH_MAX = 512;
/** Gupshup's own bound (its API of templates). */
const GUPSHUP_NAME_LENGTH_MAX = 180;
const HEADER_LENGTH_MAX = 60;
const BODY_LENGTH_MAX = 1024;
const FOOTER_LENGTH_MAX = 60;
const EMOJIS_MAX = 10;

/** Signs that are drawn as pictures; digits and # are not, though Unicode counts them among emojis. */
const EMOJI = /\p{Extended_Pictographic}/gu;

/** The name, the language, and what the texts may hold besides variables. */
export function lintTexts(input: LintInput, note: Note): void {
  lintName(input, note);
  const { header, body, footer } = input.definition;
  if (input.category === "authentication") return;
  if (header?.format === "text") lintHeader(header.text ?? "", note);
  else if (header && !input.hasSample) {
    note("header-sample", "sample_media_id", { format: header.format });
  }
  lintBody(body, note);
  if (footer !== null) lintFooter(footer, note);
  const twin = input.siblings?.find(
    (other) => other.name !== input.name && other.body === body && other.footer === footer,
  );
  if (twin) note("content-twice", "body", { given: twin.name });
}

/** How many emojis a text has. */
export function countEmojis(text: string): number {
  return text.match(EMOJI)?.length ?? 0;
}

/** In characters, as people count them and WhatsApp does. */
export function lengthOf(text: string): number {
  return [...text].length;
}

function lintName({ name, language, provider }: LintInput, note: Note): void {
  const max = provider === "gupshup" ? GUPSHUP_NAME_LENGTH_MAX : NAME_LENGTH_MAX;
  if (!/^[a-z0-9_]+$/u.test(name) || name.length > max) note("name-form", "name", { max });
  const given = language.slice(0, 20);
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/u.test(language)) note("language-form", "language", { given });
  else if (!TEMPLATE_LANGUAGES.has(language)) note("language-unknown", "language", { given });
}

function lintHeader(text: string, note: Note): void {
  const given = lengthOf(text);
  if (text.trim() === "") note("header-empty", "header.text");
  if (given > HEADER_LENGTH_MAX)
    note("header-length", "header.text", { given, max: HEADER_LENGTH_MAX });
  const plain = text.replace(/\{\{[^{}]*\}\}/gu, "");
  if (countEmojis(text) > 0 || /[*_~`\r\n]/u.test(plain)) note("header-marks", "header.text");
}

function lintBody(body: string, note: Note): void {
  const given = lengthOf(body);
  if (body.trim() === "") note("body-empty", "body");
  if (given > BODY_LENGTH_MAX) note("body-length", "body", { given, max: BODY_LENGTH_MAX });
  if (/(?:\r?\n[^\S\n]*){3}/u.test(body)) note("body-blank-lines", "body");
  if (/\t| {5}/u.test(body)) note("body-spaces", "body");
  const emojis = countEmojis(body);
  if (emojis > EMOJIS_MAX) note("body-emojis", "body", { given: emojis, max: EMOJIS_MAX });
}

function lintFooter(footer: string, note: Note): void {
  const given = lengthOf(footer);
  if (given > FOOTER_LENGTH_MAX || given === 0) {
    note("footer-length", "footer", { given, max: FOOTER_LENGTH_MAX });
  }
  if (footer.includes("{{")) note("footer-variables", "footer");
  if (/[\r\n]/u.test(footer)) note("footer-lines", "footer");
}
