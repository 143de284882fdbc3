import type { Page } from "playwright-core";
import type { Language, PageWords } from "./words.ts";

/** What a picture does not tell, one line each. */
export interface Inspection {
  overflow: string[];
  foreign: string[];
  cut: string[];
}

interface Seen {
  overflow: string[];
  cut: string[];
  texts: string[];
}

/** Words that only one of the languages has. What people wrote is Spanish: English pages are asked less. */
const ENGLISH = /\b(?:the|of|and|with|your|this|that|is not|was|were|has|have|to be)\b/u;

/** Looks at a page for what is wider than it, what is in the other language, and words that are cut off. */
export async function inspectPage(
  page: Page,
  { language, words }: { language: Language; words: PageWords },
): Promise<Inspection> {
  const { overflow, cut, texts } = (await page.evaluate(WHAT_IS_SEEN)) as Seen;
  // Names of the wire, such as `delivered`, are the same in every language.
  const said = texts.filter((text) => !/^[a-z_.]+$/u.test(text));
  const foreign = said.filter(
    (text) =>
      words.isForeign(text, language) ||
      words.isKey(text) ||
      (language === "es" && ENGLISH.test(text)),
  );
  return { overflow, foreign: [...new Set(foreign)], cut: [...new Set(cut)] };
}

const WHAT_IS_SEEN = `(() => {
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const overflow = [];
  for (const [name, box] of [["page", document.documentElement], ["main", document.querySelector("#main, main")]]) {
    const over = box === null ? 0 : box.scrollWidth - (name === "page" ? innerWidth : box.clientWidth);
    if (over > 0) overflow.push(name + " by " + over + " px");
  }
  const cut = [];
  const texts = [];
  for (const element of document.querySelectorAll("body *")) {
    if (!shown(element) || element.closest("script, style, [data-testid=bubble], pre, code, textarea")) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      const value = element.getAttribute(name);
      if (value) texts.push(value.trim());
    }
    const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join("").trim();
    if (own === "") continue;
    texts.push(own);
    const style = getComputedStyle(element);
    const clips = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
    if (clips && style.overflowX !== "auto" && style.overflowX !== "scroll" && element.clientWidth > 2)
      cut.push(own.slice(0, 60));
  }
  return { overflow, cut, texts };
})()`;
