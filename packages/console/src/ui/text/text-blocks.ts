/** A message's lines, gathered as WhatsApp shows them: quoted lines, lists, and everything else. */
export type TextBlock =
  | { kind: "lines" | "quote"; text: string }
  | { kind: "bullets"; items: string[] }
  | { kind: "numbers"; start: number; items: string[] };

const BULLET = /^[-*] (\S.*)$/u;
const NUMBER = /^(\d{1,3})\. (\S.*)$/u;
const QUOTE = /^> ?(.*)$/u;

/** Splits a text into its blocks; a list of one line is a list too, since people write them as they go. */
export function splitTextBlocks(text: string): TextBlock[] {
  // What stands between three backquotes is shown as it is, whatever its lines begin with.
  if (text.includes("```")) return [{ kind: "lines", text }];
  const blocks: TextBlock[] = [];
  for (const line of text.split("\n")) {
    const last = blocks.at(-1);
    const bullet = BULLET.exec(line)?.[1];
    const number = NUMBER.exec(line);
    const quote = QUOTE.exec(line)?.[1];
    if (bullet !== undefined) {
      if (last?.kind === "bullets") last.items.push(bullet);
      else blocks.push({ kind: "bullets", items: [bullet] });
    } else if (number?.[2] !== undefined) {
      if (last?.kind === "numbers") last.items.push(number[2]);
      else blocks.push({ kind: "numbers", start: Number(number[1]), items: [number[2]] });
    } else addLine(blocks, quote === undefined ? "lines" : "quote", quote ?? line);
  }
  return blocks;
}

function addLine(blocks: TextBlock[], kind: "lines" | "quote", text: string): void {
  const last = blocks.at(-1);
  if (last?.kind === kind) last.text += `\n${text}`;
  else blocks.push({ kind, text });
}
