import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./status-bar.module.css";

/** The strip above the chat: a clock, the camera, signal and battery. Decoration, so hidden from screen readers. */
export function StatusBar() {
  const { i18n } = useTranslation();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), 10_000);
    return () => window.clearInterval(timer);
  }, []);
  const clock = new Intl.DateTimeFormat(i18n.language, {
    hour: "numeric",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (
    <div className={styles.bar} aria-hidden="true">
      <span className={styles.clock}>{clock.format(now)}</span>
      <span className={styles.camera} />
      <svg className={styles.signs} viewBox="0 0 46 12" aria-hidden="true">
        <path d="M1 8.5h2.2V11H1zM5 6.2h2.2V11H5zM9 3.6h2.2V11H9zM13 1h2.2v10H13z" />
        <rect x="22.5" y="1.5" width="19" height="9" rx="2.8" className={styles.shell} />
        <rect x="24.2" y="3.2" width="12.5" height="5.6" rx="1.5" />
        <path d="M43 4.4c1.2.4 1.2 2.8 0 3.2z" />
      </svg>
    </div>
  );
}
