import styles from "./logo.module.css";

/** Recado's mark: a note with a folded corner that is about to speak. */
export function Logo({ named, size = 24 }: { named: boolean; size?: number }) {
  return (
    <span className={styles.logo}>
      <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
        <rect className={styles.ground} width="32" height="32" rx="8" />
        <path
          className={styles.note}
          d="M8 10.6A2.6 2.6 0 0 1 10.6 8h10.8a2.6 2.6 0 0 1 2.6 2.6v7.2L18.8 23H13l-4.2 2.7c-.4.26-.8 0-.8-.45z"
        />
        <path className={styles.fold} d="M24 17.8h-3.2a2 2 0 0 0-2 2V23z" />
        <path className={styles.lines} d="M12 12.8h8M12 16.6h4.6" />
      </svg>
      <span className={named ? styles.name : "visually-hidden"}>Recado</span>
    </span>
  );
}
