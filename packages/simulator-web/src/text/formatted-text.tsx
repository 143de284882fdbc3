import { parseWhatsappText, type TextNode } from "@recado/contract/plain/whatsapp-text";
import { Fragment, type ReactNode } from "react";
import styles from "./formatted-text.module.css";

/** A message's text with WhatsApp's markup. An address is a button: the simulator opens nothing outside. */
export function FormattedText({ text, onLink }: { text: string; onLink?: (link: string) => void }) {
  return draw(parseWhatsappText(text), onLink);
}

function draw(nodes: TextNode[], onLink?: (link: string) => void): ReactNode {
  let offset = 0;
  return nodes.map((node) => {
    offset += 1;
    return <Fragment key={offset}>{drawNode(node, onLink)}</Fragment>;
  });
}

function drawNode(node: TextNode, onLink?: (link: string) => void): ReactNode {
  switch (node.kind) {
    case "plain":
      return node.text;
    case "code":
    case "mono":
      return <code className={styles.code}>{node.text}</code>;
    case "bold":
      return <strong>{draw(node.children, onLink)}</strong>;
    case "italic":
      return <em>{draw(node.children, onLink)}</em>;
    case "strike":
      return <s>{draw(node.children, onLink)}</s>;
    case "link":
      return onLink === undefined ? (
        <span className={styles.link}>{node.text}</span>
      ) : (
        <button type="button" className={styles.link} onClick={() => onLink(node.text)}>
          {node.text}
        </button>
      );
  }
}
