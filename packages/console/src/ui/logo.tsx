import styles from "./logo.module.css";

/** Recado's mark: a note with a folded corner that is about to speak. */
export function Logo({ named, size = 24 }: { named: boolean; size?: number }) {
  return (
    <span className={styles.logo}>
      <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
        <rect className={styles.ground} width="32" height="32" rx="8" />
        <path
          className={styles.note}
          d="M8 10.6A2.6 2.6 0 0 1 10.6 8h10.8a2.6 2.6 0 0 1 2.6 2.600v7.200L18.800 23H13l-4.200 2.700c-.4.260-.8 0-.8-.450z"
        />
        <path className={styles.fold} d="M24 17.800h-3.200a2 2 0 0 0-2 2V23z" />
        <path className={styles.lines} d="M12 12.800h8M12 16.600h4.600" />
      </svg>
      <span className={named ? styles.name : "visually-hidden"}>Recado</span>
    </span>
  );
}
