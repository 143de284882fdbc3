import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../product/processes.ts";

/** A language of the pages. */
export type Language = "es" | "en";

/** The words of all pages in both languages. */
export interface PageWords {
  /** The word that stands in the pages where `spanish` does; itself in Spanish. Throws when no page says it. */
  say(spanish: string, language: Language): string;
  /** Whether a text is one that the pages say in the other language and not in this one. */
  isForeign(text: string, language: Language): boolean;
  /** Whether a text is the key of a word. */
  isKey(text: string): boolean;
}

type Tree = { readonly [key: string]: string | Tree };

/** Reads the words of console and simulator. */
export async function loadPageWords(): Promise<PageWords> {
  const pairs = (await Promise.all(findFolders().map(loadPairs))).flat();
  const of = { es: new Set(pairs.map(({ es }) => es)), en: new Set(pairs.map(({ en }) => en)) };
  const english = new Map(pairs.map(({ es, en }) => [es, en]));
  const keys = new Set(pairs.flatMap(({ key }) => (key.includes(".") ? [key] : [])));
  const patterns = { es: pairs.map(({ es }) => es), en: pairs.map(({ en }) => en) };
  const shaped = {
    es: patterns.es.filter(hasValues).map(toPattern),
    en: patterns.en.filter(hasValues).map(toPattern),
  };
  const isOf = (text: string, language: Language) =>
    of[language].has(text) || shaped[language].some((pattern) => pattern.test(text));
  return {
    say(spanish, language) {
      const found = language === "es" ? spanish : english.get(spanish);
      if (found === undefined) throw new Error(`no page says "${spanish}"`);
      return found;
    },
    isForeign: (text, language) =>
      isOf(text, language === "es" ? "en" : "es") && !isOf(text, language),
    isKey: (text) => keys.has(text),
  };
}

function findFolders(): string[] {
  const features = join(ROOT, "packages/console/src/features");
  return [
    join(ROOT, "packages/console/src/i18n"),
    join(ROOT, "packages/simulator-web/src/i18n"),
    ...readdirSync(features).map((name) => join(features, name, "i18n")),
  ].filter((folder) => existsSync(join(folder, "es.ts")));
}

async function loadPairs(folder: string): Promise<{ key: string; es: string; en: string }[]> {
  const [spanish, english] = await Promise.all(
    (["es", "en"] as const).map(async (name) => {
      const module = (await import(join(folder, `${name}.ts`))) as Record<string, Tree>;
      return new Map(listLeaves(module[name] ?? {}));
    }),
  );
  return [...(spanish ?? [])].map(([key, es]) => ({ key, es, en: english?.get(key) ?? es }));
}

function listLeaves(tree: Tree, before = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[before + key, value]] : listLeaves(value, `${before}${key}.`),
  );
}

/** With at least two words of its own: a pattern that is nearly all values would fit anything. */
function hasValues(text: string): boolean {
  return text.includes("{{") && /\p{L}{3,} \p{L}{2,}/u.test(text.replaceAll(/\{\{.*?\}\}/gu, "{"));
}

function toPattern(text: string): RegExp {
  const parts = text
    .split(/\{\{.*?\}\}/u)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/gu, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "su");
}
