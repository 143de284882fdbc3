import { shellWords } from "../i18n/shell-words.ts";
import styles from "./password-hint.module.css";

/** As the server asks for it. */
export const passwordLengthMin = 10;
const STRONG = 20;

/** How far a new password has come: a bar that fills, and a word. Length is what counts. */
export function PasswordHint({ password }: { password: string }) {
  const say = shellWords.useWords();
  const { length } = [...password];
  const state = length >= STRONG ? "strong" : length >= passwordLengthMin ? "good" : "short";
  return (
    <div className={styles.hint} data-state={state}>
      <span className={styles.track} aria-hidden>
        <span
          className={styles.fill}
          style={{ width: `${Math.min(100, (length / STRONG) * 100)}%` }}
        />
      </span>
      <p>{say(`password.${state}`, { min: passwordLengthMin })}</p>
    </div>
  );
}
