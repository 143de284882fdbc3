/** A text box's text and what is selected in it. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

/** The marks of WhatsApp's formatting. */
export const FORMAT_MARKS = { bold: "*", italic: "_", strike: "~", code: "`" } as const;

/** One of {@link FORMAT_MARKS}. */
export type Format = keyof typeof FORMAT_MARKS;

/**
 * Puts a format's marks around what is selected, or takes them away when they are there. Blanks at the ends stay outside,
 * since WhatsApp formats nothing that begins or ends with one; with nothing selected the cursor stands between the marks.
 */
export function wrapSelection({ text, start, end }: Selected, format: Format): Selected {
  const mark = FORMAT_MARKS[format];
  const picked = text.slice(start, end);
  const from = start + (picked.length - picked.trimStart().length);
  const to = picked.trim() === "" ? from : end - (picked.length - picked.trimEnd().length);
  const inside = text.slice(from, to);
  if (text.slice(from - 1, from) === mark && text.slice(to, to + 1) === mark) {
    const bare = text.slice(0, from - 1) + inside + text.slice(to + 1);
    return { text: bare, start: from - 1, end: to - 1 };
  }
  if (inside.length > 2 && inside.startsWith(mark) && inside.endsWith(mark)) {
    const bare = text.slice(0, from) + inside.slice(1, -1) + text.slice(to);
    return { text: bare, start: from, end: to - 2 };
  }
  const wrapped = text.slice(0, from) + mark + inside + mark + text.slice(to);
  return { text: wrapped, start: from + 1, end: to + 1 };
}

/** Puts `piece` in the place of what is selected, with the cursor behind it. */
export function replaceSelection({ text, start, end }: Selected, piece: string): Selected {
  const at = start + piece.length;
  return { text: text.slice(0, start) + piece + text.slice(end), start: at, end: at };
}
