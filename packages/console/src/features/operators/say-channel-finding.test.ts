import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { esFound } from "./i18n/es-found.ts";
import { sayChannelFinding } from "./say-channel-finding.ts";

const WORDS: Record<string, string> = esFound;
const say: Parameters<typeof sayChannelFinding>[0] = (key, values) =>
  `${WORDS[key.replace("numbers.said.", "")]} ${JSON.stringify(values)}`;

test("each sentence of the doctor about a number has its words, and what is new stays as it was", () => {
  assert.match(sayChannelFinding(say, "valid, never expires") ?? "", /^válido, no vence/u);
  assert.match(sayChannelFinding(say, "+573115550042 belongs to 2077") ?? "", /es de la cuenta/u);
  assert.equal(sayChannelFinding(say, "whatsapp_business_messaging"), null);
  assert.equal(sayChannelFinding(say, "something new"), null);
});

test("no sentence that the doctor can write is forgotten", () => {
  const server = new URL("../../../../server/src/", import.meta.url);
  const files = [
    ...["providers/meta-cloud/diagnose.ts", "providers/gupshup/diagnose.ts"],
    "gateway/diagnose-channel.ts",
  ];
  const source = files.map((file) => readFileSync(new URL(file, server), "utf8")).join("\n");
  const details = [...source.matchAll(/detail(?: =|:) (?:"(?<plain>[^"]+)"|`(?<filled>[^`]+)`)/gu)];
  assert.ok(details.length > 20, "they are found in the source");
  for (const { groups } of details) {
    // Whatever is filled in, the words around it are known.
    const sentence = groups?.plain ?? groups?.filled?.replaceAll(/\$\{[^}]*\}/gu, fill) ?? "";
    if (KEPT.includes(sentence)) continue;
    assert.notEqual(sayChannelFinding(say, sentence), null, sentence);
  }
});

/** The address alone, which has no words. */
const KEPT = [""];

function fill(expression: string): string {
  if (/url/iu.test(expression)) return "https://example.com/hooks";
  if (expression.includes("when")) return "2026-12-01";
  return /name/u.test(expression) ? "GREEN" : "573115550042";
}
