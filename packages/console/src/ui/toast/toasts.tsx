import { IconAlertTriangle, IconCheck, IconInfoCircle, IconX } from "@tabler/icons-react";
import { shellWords } from "../../i18n/shell-words.ts";
import { hideToast, toastStore } from "./toast.ts";
import styles from "./toasts.module.css";

const icons = { done: IconCheck, problem: IconAlertTriangle, info: IconInfoCircle };

/** Where toasts are shown: at the foot, above what is written there (`useToastFoot`), read aloud when they come. */
export function Toasts() {
  const say = shellWords.useWords();
  const shown = toastStore.use();
  return (
    <section className={styles.toasts} aria-label={say("shell.notices")} aria-live="polite">
      {shown.map(({ id, kind, text, action }) => {
        const Icon = icons[kind];
        return (
          <div key={id} className={styles.toast} data-kind={kind} data-testid="toast">
            <Icon size={17} stroke={1.8} aria-hidden />
            <p>{text}</p>
            {action !== undefined && (
              <button
                type="button"
                className={styles.action}
                onClick={() => {
                  hideToast(id);
                  action.run();
                }}
              >
                {action.label}
              </button>
            )}
            <button
              type="button"
              className={styles.close}
              aria-label={say("shell.close")}
              onClick={() => hideToast(id)}
            >
              <IconX size={15} stroke={1.8} />
            </button>
          </div>
        );
      })}
    </section>
  );
}
