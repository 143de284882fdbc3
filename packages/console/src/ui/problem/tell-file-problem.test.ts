import assert from "node:assert/strict";
import { before, test } from "node:test";
import i18next from "i18next";
import { ApiProblem } from "../../api/api-problem.ts";
import { en } from "../../i18n/en.ts";
import { es } from "../../i18n/es.ts";
import { shellWords } from "../../i18n/shell-words.ts";
import { describeProblem } from "./describe-problem.ts";
import { uploadFile } from "./tell-file-problem.ts";

before(async () => {
  const resources = { es: { shell: es }, en: { shell: en } };
  await i18next.init({ lng: "es", resources, interpolation: { escapeValue: false } });
});

const refuse = (error: unknown, size = 1_000) =>
  uploadFile({ size }, () => Promise.reject(error)).then(
    () => assert.fail("it was taken"),
    (told: unknown) => describeProblem(told, shellWords.say),
  );
const invalid = (message: string) =>
  new ApiProblem("media_invalid", { status: 400, errors: [{ path: "(whole)", message }] });

test("a file that is refused is told with the reason, in the reader's language", async () => {
  const html = invalid("the content is HTML, SVG, a script or the like, not plain text");
  const large = new ApiProblem("body_too_large", { detail: "A file may have 16777216 bytes." });
  await i18next.changeLanguage("es");
  assert.equal(
    await refuse(html),
    "WhatsApp no recibe este archivo: el contenido es HTML, SVG, un programa o algo parecido, no texto simple.",
  );
  assert.equal(await refuse(large), "Es demasiado grande: un archivo puede tener hasta 16 MB.");
  await i18next.changeLanguage("en");
  assert.equal(
    await refuse(html),
    "WhatsApp does not take this file: the content is HTML, SVG, a script or the like, not plain text.",
  );
  assert.equal(await refuse(large), "It is too large: a file may have up to 16 MB.");
});

test("what cannot be taken anyway is not sent, and other refusals keep their own words", async () => {
  await i18next.changeLanguage("es");
  const never = () => assert.fail("it was sent");
  for (const [size, words] of [
    [0, /está vacío/u],
    [200 * 1024 * 1024, /hasta 100 MB/u],
  ] as const) {
    const told = await uploadFile({ size }, never).catch((error: unknown) => error);
    assert.match(describeProblem(told, shellWords.say), words);
  }
  assert.equal(await refuse(new ApiProblem("unreachable")), es.problem.unreachable);
  assert.equal(await refuse(new ApiProblem("media_invalid")), es.problem.media_invalid);
  assert.equal(await uploadFile({ size: 1 }, () => Promise.resolve("kept")), "kept");
});
