/**
 * What a rule of the house is: data with a reason, a check over the whole tree, and examples. The test runs every
 * rule on its own examples, so a rule that has stopped working is noticed.
 */
import type { FileTree } from "../tree/file-tree.ts";

/** One place where a rule is broken. */
export interface Offence {
  rule: string;
  path: string;
  /** From 1; null when the file as a whole offends. */
  line: number | null;
  /** What was found there. */
  found: string;
}

/** Where and what, before the rule's name is put to it. */
export type Finding = Omit<Offence, "rule">;

/** The content of a small tree, by path. */
export type ExampleTree = Record<string, string>;

/** A rule of the house. */
export interface TidyRule {
  name: string;
  /** Why, and what to do instead; shown with every offence. */
  reason: string;
  check: (tree: FileTree) => Finding[];
  /** Trees in which the rule finds nothing. */
  passes: ExampleTree[];
  /** Trees in each of which it finds exactly one thing. */
  fails: ExampleTree[];
}

/** A rule about single lines. */
export interface LineRule {
  name: string;
  reason: string;
  /** Which files it is about. */
  appliesTo: (path: string) => boolean;
  pattern: RegExp;
  /** Lines that are only a comment do not count. */
  ignoresComments?: boolean;
  /** A path it is about, where the examples are tried. */
  examplePath: string;
  passes: string[];
  fails: string[];
}

const isComment = /^\s*(\/\/|\/\*|\*)/;
/** The rules' own examples would break them. */
const isExamples = /^tools\/tidy\//;

/** Makes a rule of the tree out of a rule of the line. */
export function lineRule(rule: LineRule): TidyRule {
  const example = (line: string): ExampleTree => ({ [rule.examplePath]: `${line}\n` });
  return {
    name: rule.name,
    reason: rule.reason,
    check: (tree) =>
      tree.paths
        .filter((path) => !isExamples.test(path) && rule.appliesTo(path))
        .flatMap((path) => findLines(path, tree.read(path), rule)),
    passes: rule.passes.map(example),
    fails: rule.fails.map(example),
  };
}

function findLines(path: string, text: string, rule: LineRule): Finding[] {
  return text.split("\n").flatMap((line, index) => {
    if (rule.ignoresComments && isComment.test(line)) return [];
    return rule.pattern.test(line) ? [{ path, line: index + 1, found: line.trim() }] : [];
  });
}
