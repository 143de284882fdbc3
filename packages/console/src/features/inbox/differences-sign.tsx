import { useStore } from "../../live/use-store.ts";
import styles from "./inbox-page.module.css";
import { useDesk } from "./state/desk.ts";

/** For developers: where the live state differs from a fresh load. Nothing while they are equal. */
export function DifferencesSign() {
  const found = useStore(useDesk().differences, (value) => value);
  if (found.length === 0) return null;
  return (
    <pre className={styles.differences} role="alert" data-testid="live-differences" lang="en">
      {found.join("\n")}
    </pre>
  );
}
