import styles from "./json-text.module.css";

const token =
  /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A value as indented JSON with its kinds in colours. */
export function JsonText({ value }: { value: unknown }) {
  const text = JSON.stringify(value, null, 2) ?? "";
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(token)) {
    const word = match[1] ?? match[0];
    parts.push(text.slice(at, match.index));
    parts.push(
      <span key={match.index} className={styles[kindOf(match)]}>
        {word}
      </span>,
    );
    at = match.index + word.length;
  }
  parts.push(text.slice(at));
  return <code className={styles.json}>{parts}</code>;
}

function kindOf(match: RegExpExecArray): "key" | "text" | "other" {
  if (match[1] === undefined) {
    return "other";
  }
  return match[2] === undefined ? "text" : "key";
}
