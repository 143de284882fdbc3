import { parseWhatsappText, type TextNode } from "@recado/contract/plain/whatsapp-text";
import { Fragment, type ReactNode } from "react";
import styles from "./formatted-text.module.css";
import { splitTextBlocks } from "./text-blocks.ts";

interface FormattedTextProps {
  text: string;
  /** Draws what has no marks, where more is to be set off in it; absent: as it is. */
  drawPlain?: (text: string) => ReactNode;
}

/** A message's text as WhatsApp shows it. Addresses open in a tab of their own that knows nothing of this one. */
export function FormattedText({ text, drawPlain = asItIs }: FormattedTextProps) {
  const draw = (nodes: readonly TextNode[]): ReactNode =>
    withKeys(nodes.map((node) => drawNode(node, draw, drawPlain)));
  const blocks = splitTextBlocks(text);
  const [only] = blocks;
  // In the line, so that what follows it (the hour) may stand beside its last word.
  if (blocks.length === 1 && only?.kind === "lines") {
    return <span className={styles.text}>{draw(parseWhatsappText(only.text))}</span>;
  }
  return (
    <div className={styles.text}>{withKeys(blocks.map((block) => drawBlock(block, draw)))}</div>
  );
}

type Draw = (nodes: readonly TextNode[]) => ReactNode;

function asItIs(text: string): ReactNode {
  return text;
}

function drawBlock(block: ReturnType<typeof splitTextBlocks>[number], draw: Draw): ReactNode {
  switch (block.kind) {
    case "lines":
      return <p>{draw(parseWhatsappText(block.text))}</p>;
    case "quote":
      return <blockquote>{draw(parseWhatsappText(block.text))}</blockquote>;
    case "bullets":
      return <ul>{drawItems(block.items, draw)}</ul>;
    case "numbers":
      return <ol start={block.start}>{drawItems(block.items, draw)}</ol>;
  }
}

function drawItems(items: readonly string[], draw: Draw): ReactNode {
  let place = 0;
  return items.map((item) => {
    place += 1;
    return <li key={place}>{draw(parseWhatsappText(item))}</li>;
  });
}

/** A text's parts never move among themselves: their place is their key. */
function withKeys(parts: readonly ReactNode[]): ReactNode {
  let place = 0;
  return parts.map((part) => {
    place += 1;
    return <Fragment key={place}>{part}</Fragment>;
  });
}

function drawNode(node: TextNode, draw: Draw, drawPlain: (text: string) => ReactNode): ReactNode {
  switch (node.kind) {
    case "plain":
      return drawPlain(node.text);
    case "code":
    case "mono":
      return <code>{node.text}</code>;
    case "bold":
      return <strong>{draw(node.children)}</strong>;
    case "italic":
      return <em>{draw(node.children)}</em>;
    case "strike":
      return <s>{draw(node.children)}</s>;
    case "link":
      return (
        <a href={node.text} target="_blank" rel="noopener noreferrer nofollow">
          {node.text}
        </a>
      );
  }
}
