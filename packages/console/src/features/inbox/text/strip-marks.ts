import { parseWhatsappText, type TextNode } from "./whatsapp-text.ts";

/** A message's words in one line, without the signs of its formatting. */
export function stripMarks(text: string): string {
  return plain(parseWhatsappText(text)).replace(/\s+/gu, " ").trim();
}

function plain(nodes: readonly TextNode[]): string {
  return nodes.map((node) => ("children" in node ? plain(node.children) : node.text)).join("");
}
