import { foldText } from "./fold-text.ts";

/*
 * What a text is found by: its words without case and accents, and every run of at least four digits of its numbers. Both
 * what is stored and what is asked for are read here, so that they agree.
 */

/** What somebody looks for. */
export interface SearchWish {
  /** Whole words; all must be there. */
  words: readonly string[];
  /** The beginning of a word that may not be finished; null: there is none. */
  start: string | null;
  /** Digits that must stand in a row, four at least; null: none were named. */
  digits: string | null;
}

/** Shortest run of digits by which a number is found. */
export const DIGITS_MIN = 4;
/** Longer words are cut: nobody looks for the rest. */
const WORD_LENGTH_MAX = 40;
/** Of one text; the longest that WhatsApp carries has some 700. */
const WORDS_MAX = 1_200;
const WISH_WORDS_MAX = 12;
const DIGITS_MAX = 20;

/** The words of a text, each once. */
export function listWords(text: string): string[] {
  const words = (foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(cutWord);
  return [...new Set(words)].slice(0, WORDS_MAX);
}

/**
 * Every end of every number of a text that has four digits or more: whatever run of digits somebody looks for, an end begins
 * with it. `(300) 123-4567` is one number: up to two signs may stand between digits.
 */
export function listDigitEnds(text: string): string[] {
  const runs = text.normalize("NFKC").match(/\d(?:[\s().-]{0,2}\d){3,39}/gu) ?? [];
  const ends = runs.flatMap((run) => listEnds(run.replace(/\D/gu, "").slice(0, DIGITS_MAX)));
  return [...new Set(ends)].slice(0, WORDS_MAX);
}

/** Reads what was typed; null when it holds nothing to look for. */
export function readSearch(text: string): SearchWish | null {
  const folded = foldText(text.normalize("NFKC"));
  const bare = folded.replace(/[\s()+.-]/gu, "");
  if (/^\d+$/u.test(bare) && bare.length >= DIGITS_MIN) {
    return { words: [], start: null, digits: bare.slice(0, DIGITS_MAX) };
  }
  const words = (folded.match(/[\p{L}\p{N}]+/gu) ?? []).map(cutWord).slice(0, WISH_WORDS_MAX);
  const isOpenEnded = /[\p{L}\p{N}]$/u.test(folded);
  const start = isOpenEnded ? (words.pop() ?? null) : null;
  if (words.length === 0 && start === null) return null;
  return { words: [...new Set(words)], start, digits: null };
}

/** A part of an excerpt; `hit`: it is what was looked for. */
export interface ExcerptPart {
  text: string;
  hit: boolean;
}

const EXCERPT_LENGTH = 160;
const LEAD_LENGTH = 40;

/**
 * The place of a text where what was looked for stands, cut to some 160 characters, with hits marked. `stems` are beginnings
 * of words that count as hits as well.
 */
export function makeExcerpt(
  text: string,
  wish: SearchWish,
  stems: readonly string[] = [],
): ExcerptPart[] {
  const flat = text.replace(/\s+/gu, " ").trim();
  const marks = findMarks(flat, wish, stems);
  const first = marks[0]?.from ?? 0;
  const from = first <= LEAD_LENGTH ? 0 : findBreak(flat, first - LEAD_LENGTH);
  const to = Math.min(flat.length, from + EXCERPT_LENGTH);
  const parts: ExcerptPart[] = from > 0 ? [{ text: "…", hit: false }] : [];
  let at = from;
  for (const mark of marks) {
    if (mark.to > to) continue;
    if (mark.from > at) parts.push({ text: flat.slice(at, mark.from), hit: false });
    parts.push({ text: flat.slice(mark.from, mark.to), hit: true });
    at = mark.to;
  }
  const rest = flat.slice(at, to).replace(/[\uD800-\uDBFF]$/u, "");
  if (rest !== "") parts.push({ text: rest, hit: false });
  if (to < flat.length) parts.push({ text: "…", hit: false });
  return parts;
}

interface Mark {
  from: number;
  to: number;
}

function findMarks(text: string, wish: SearchWish, stems: readonly string[]): Mark[] {
  const { digits } = wish;
  if (digits !== null) return findDigitMarks(text, digits);
  const words = new Set(wish.words);
  const starts = [...stems, ...(wish.start === null ? [] : [wish.start])];
  const marks: Mark[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const word = foldText(match[0]);
    const isHit = words.has(word) || starts.some((start) => word.startsWith(start));
    if (isHit) marks.push({ from: match.index, to: match.index + match[0].length });
  }
  return marks;
}

function findDigitMarks(text: string, digits: string): Mark[] {
  const pattern = new RegExp([...digits].join("[\\s().-]{0,2}"), "gu");
  return [...text.matchAll(pattern)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
}

function findBreak(text: string, near: number): number {
  const blank = text.indexOf(" ", near);
  return blank === -1 || blank > near + LEAD_LENGTH / 2 ? near : blank + 1;
}

function listEnds(digits: string): string[] {
  const count = Math.max(0, digits.length - DIGITS_MIN + 1);
  return Array.from({ length: count }, (_none, index) => digits.slice(index));
}

function cutWord(word: string): string {
  return [...word].slice(0, WORD_LENGTH_MAX).join("");
}
