import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import styles from "./choice-sheet.module.css";

/** One thing that can be chosen; `id` is what is sent. */
export interface Choice {
  id: string;
  title: string;
  description: string | null;
}

interface ChoiceSheetProps {
  title: string;
  sections: readonly { title: string | null; rows: readonly Choice[] }[];
  onSend: (choice: Choice) => void;
  onClose: () => void;
}

/** The sheet from below in which one of several rows is chosen and then sent, as on a telephone. */
export function ChoiceSheet({ title, sections, onSend, onClose }: ChoiceSheetProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Choice | null>(null);
  const close = useRef<HTMLButtonElement>(null);
  const name = useId();
  useEffect(() => {
    const before = document.activeElement;
    close.current?.focus();
    return () => {
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== null) {
      onSend(chosen);
    }
  };
  return (
    <>
      <div className={styles.shade} aria-hidden="true" onClick={onClose} />
      <form
        className={styles.sheet}
        role="dialog"
        aria-label={title}
        data-testid="choice-sheet"
        onSubmit={submit}
        onKeyDown={(event) => event.key === "Escape" && onClose()}
      >
        <div className={styles.head}>
          <button ref={close} type="button" aria-label={t("common.close")} onClick={onClose}>
            <Icon name="close" size={18} />
          </button>
          <strong>{title}</strong>
        </div>
        <div className={styles.rows}>
          {sections.map((section) => (
            <fieldset key={section.rows[0]?.id} className={styles.section}>
              {section.title !== null && <legend>{section.title}</legend>}
              {section.rows.map((row) => (
                <label key={row.id} className={styles.row}>
                  <span className={styles.words}>
                    <span>{row.title}</span>
                    {row.description !== null && <small> {row.description}</small>}
                  </span>
                  <input
                    type="radio"
                    name={name}
                    checked={chosen?.id === row.id}
                    onChange={() => setChosen(row)}
                  />
                </label>
              ))}
            </fieldset>
          ))}
        </div>
        <button type="submit" className={styles.send} disabled={chosen === null}>
          {t("answer.send")}
        </button>
      </form>
    </>
  );
}
