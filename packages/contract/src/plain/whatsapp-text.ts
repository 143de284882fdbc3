/**
 * WhatsApp's own little markup: `*bold*`, `_italic_`, `~strike~`, `` `code` `` and ```` ```mono``` ````, besides addresses.
 * A mark counts only where a word begins and ends, so `2*3*4` and `snake_case_name` stay as they are.
 */
export type TextNode =
  | { kind: "plain"; text: string }
  | { kind: "link"; text: string }
  | { kind: "code" | "mono"; text: string }
  | { kind: "bold" | "italic" | "strike"; children: TextNode[] };

const spans: Record<string, "bold" | "italic" | "strike"> = {
  "*": "bold",
  _: "italic",
  "~": "strike",
};
const depthMax = 6;

/** Parses a message's text; every character of it that is not a mark is in the result, in order. */
export function parseWhatsappText(text: string, depth = 0): TextNode[] {
  const nodes: TextNode[] = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const found = depth < depthMax ? nodeAt(text, at, depth) : null;
    if (found === null) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain !== "") {
      nodes.push({ kind: "plain", text: plain });
      plain = "";
    }
    nodes.push(found.node);
    at = found.end;
  }
  if (plain !== "") {
    nodes.push({ kind: "plain", text: plain });
  }
  return nodes;
}

interface Found {
  node: TextNode;
  end: number;
}

function nodeAt(text: string, at: number, depth: number): Found | null {
  const mark = text[at];
  if (mark === "`") {
    return codeAt(text, at);
  }
  if (mark === "h") {
    return linkAt(text, at);
  }
  const kind = mark === undefined ? undefined : spans[mark];
  if (mark === undefined || kind === undefined || !opens(text, at)) {
    return null;
  }
  const close = closingMark(text, at, mark);
  if (close < 0) {
    return null;
  }
  const children = parseWhatsappText(text.slice(at + 1, close), depth + 1);
  return { node: { kind, children }, end: close + 1 };
}

function codeAt(text: string, at: number): Found | null {
  if (text.startsWith("```", at)) {
    const close = text.indexOf("```", at + 3);
    return close > at + 3
      ? { node: { kind: "mono", text: text.slice(at + 3, close) }, end: close + 3 }
      : null;
  }
  const close = text.indexOf("`", at + 1);
  const inside = close < 0 ? "" : text.slice(at + 1, close);
  return inside.trim() === "" || inside.includes("\n")
    ? null
    : { node: { kind: "code", text: inside }, end: close + 1 };
}

function linkAt(text: string, at: number): Found | null {
  if (!text.startsWith("http://", at) && !text.startsWith("https://", at)) {
    return null;
  }
  const stop = text.slice(at).search(/[\s<>"]/);
  const link = text.slice(at, stop < 0 ? undefined : at + stop).replace(/[.,;:!?)\]*_~]+$/, "");
  return /^https?:\/\/[^/]/.test(link)
    ? { node: { kind: "link", text: link }, end: at + link.length }
    : null;
}

function opens(text: string, at: number): boolean {
  return !isWord(text[at - 1]) && isInk(text[at + 1]) && text[at + 1] !== text[at];
}

function closingMark(text: string, at: number, mark: string): number {
  for (let index = at + 2; index < text.length && text[index] !== "\n"; index += 1) {
    if (text[index] === mark && isInk(text[index - 1]) && !isWord(text[index + 1])) {
      return index;
    }
  }
  return -1;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

function isInk(character: string | undefined): boolean {
  return character !== undefined && !/\s/.test(character);
}

/** A message's words in one line, without the signs of its formatting: for lists, notices and whatever else is no bubble. */
export function plainText(text: string): string {
  const bare = text.replace(/^> ?/gmu, "").replace(/^\* (?=\S)/gmu, "- ");
  return wordsOf(parseWhatsappText(bare)).replace(/\s+/gu, " ").trim();
}

function wordsOf(nodes: readonly TextNode[]): string {
  return nodes.map((node) => ("children" in node ? wordsOf(node.children) : node.text)).join("");
}
