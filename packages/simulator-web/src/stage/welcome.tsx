import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchCurlHint } from "../api/simulator-client.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import styles from "./welcome.module.css";

/** What teaches: the line that sends a first message, and what will be seen then. */
export function Welcome({ heading = true }: { heading?: boolean }) {
  const { t } = useTranslation();
  const curl = useCurlHint();
  return (
    <div className={styles.welcome}>
      {heading && <h2 className={styles.title}>{t("welcome.title")}</h2>}
      {curl !== undefined && (
        <p className={styles.intro}>{curl === null ? t("welcome.generic") : t("welcome.intro")}</p>
      )}
      {typeof curl === "string" && (
        <figure className={styles.command}>
          <figcaption>
            <span>{t("welcome.command")}</span>
            <CopyButton text={curl} />
          </figcaption>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <pre tabIndex={0}>
            <code>{breakCommand(curl)}</code>
          </pre>
        </figure>
      )}
      <ol className={styles.steps}>
        <Step icon="devices" title={t("welcome.stepArrive")} text={t("welcome.stepArriveText")} />
        <Step icon="reply" title={t("welcome.stepAnswer")} text={t("welcome.stepAnswerText")} />
        <Step icon="webhook" title={t("welcome.stepHook")} text={t("welcome.stepHookText")} />
      </ol>
    </div>
  );
}

function Step({ icon, title, text }: { icon: IconName; title: string; text: string }) {
  return (
    <li className={styles.step}>
      <span className={styles.sign}>
        <Icon name={icon} size={20} />
      </span>
      <span>
        <strong>{title}</strong>
        <span>{text}</span>
      </span>
    </li>
  );
}

/** Undefined while it is asked for; null when the simulator knows of none. */
function useCurlHint(): string | null | undefined {
  const [curl, setCurl] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    void fetchCurlHint().then((hint) => wanted && setCurl(hint));
    return () => {
      wanted = false;
    };
  }, []);
  return curl;
}

/** One parameter a line, as a shell takes it too; a command that has its own lines keeps them. */
function breakCommand(curl: string): string {
  return curl.includes("\n") ? curl : curl.replace(/ (?=-{1,2}[a-zA-Z]|https?:)/g, " \\\n ");
}
