import { currentLanguage } from "../../i18n/language.ts";
import { StatusTag } from "../../ui/status-tag.tsx";
import { templateWords } from "./i18n/template-words.ts";
import type { Finding } from "./template-calls.ts";
import styles from "./templates.module.css";

const STANDINGS = { error: "bad", warning: "wait", hint: "accent" } as const;

/** What WhatsApp would say of a template, each with the cure. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const say = templateWords.useWords();
  const language = currentLanguage();
  return (
    <section aria-live="polite" className={styles.findings} data-testid="findings">
      <h2 className={styles.heading}>{say("editor.findings")}</h2>
      {findings.length === 0 && <StatusTag kind="good">{say("editor.clean")}</StatusTag>}
      <ul>
        {findings.map(({ rule, path, severity, what, fix }) => (
          <li key={`${rule} ${path}`} className={styles.finding}>
            <StatusTag kind={STANDINGS[severity]}>{say(`editor.severity.${severity}`)}</StatusTag>
            <p>{what[language]}</p>
            <p className={styles.soft}>{fix[language]}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
