import styles from "./avatar.module.css";
import { hueOf } from "./hue.ts";

/** Somebody's initials on the colour that is theirs everywhere. Without a name beside it, give it one by `label`. */
export function Avatar(props: { name: string; id: string; size?: number; label?: string }) {
  const { name, id, size = 32, label } = props;
  const hue = hueOf(id);
  return (
    <span
      className={styles.avatar}
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.4),
        background: `var(--hue-${hue}-soft)`,
        color: `var(--hue-${hue}-ink)`,
      }}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    >
      {initialsOf(name)}
    </span>
  );
}

/** Two letters at most: of the first and the last word, or a sign for who has no name but a number. */
export function initialsOf(name: string): string {
  const words = name.match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
  const chosen = words.length > 1 ? [words[0], words[1]] : words;
  return chosen.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "").join("") || "#";
}
