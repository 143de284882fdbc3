import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { en } from "./en.ts";
import { es } from "./es.ts";

const spanish = flatten(es);
const english = flatten(en);
const sources = globSync("**/*.{ts,tsx}", { cwd: new URL("..", import.meta.url).pathname })
  .filter((path) => !path.includes(".test.") && !path.startsWith("i18n/e"))
  .map((path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));

test("both languages have the same keys", () => {
  assert.deepEqual([...english.keys()].sort(), [...spanish.keys()].sort());
});

test("both languages fill in the same values", () => {
  for (const [key, text] of spanish) {
    assert.deepEqual(placeholders(english.get(key) ?? ""), placeholders(text), key);
  }
});

test("no word is empty", () => {
  for (const [key, text] of [...spanish, ...english]) {
    assert.notEqual(text.trim(), "", key);
  }
});

test("every key that the page asks for exists", () => {
  const asked = sources.flatMap((source) =>
    [...source.matchAll(/\bt\(\s*"([^"]+)"/g)].map((match) => match[1] ?? ""),
  );
  assert.ok(asked.length > 40, "the search finds the calls");
  const missing = asked.filter((key) => !spanish.has(key) && !spanish.has(`${key}_other`));
  assert.deepEqual(missing, []);
});

test("no word is left that nobody asks for", () => {
  const all = sources.join("\n");
  const templates = [...all.matchAll(/\bt\(\s*`([^`$]+)\$/g)].map((match) => match[1] ?? "");
  const unused = [...spanish.keys()]
    .map((key) => key.replace(/_(one|other)$/, ""))
    .filter(
      (key) => !all.includes(`"${key}"`) && !templates.some((start) => key.startsWith(start)),
    );
  assert.deepEqual(unused, []);
});

function flatten(tree: object, path = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === "string" ? [[path + key, value]] : [...flatten(value, `${path}${key}.`)],
    ),
  );
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? "").sort();
}
