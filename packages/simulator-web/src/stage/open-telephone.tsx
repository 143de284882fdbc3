import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePageState } from "../state/session-context.ts";
import { parseMobile } from "../state/stage-choice.ts";
import { Avatar } from "../telephone/avatar.tsx";
import { formatMobile } from "../text/phone-number.ts";
import { Modal } from "../ui/modal.tsx";
import { magicTelephones } from "./magic-telephones.ts";
import styles from "./open-telephone.module.css";
import { listedMobiles } from "./telephone-rail.tsx";
import { UnreadBadge } from "./unread-badge.tsx";
import type { Stage } from "./use-stage.ts";

/** Where a telephone is opened: any number typed, one that has messages, or one of the magic ones. */
export function OpenTelephone({ stage, onClose }: { stage: Stage; onClose: () => void }) {
  const { t } = useTranslation();
  const state = usePageState();
  const open = (mobile: string) => {
    onClose();
    stage.open(mobile);
  };
  const listed = listedMobiles(state, stage.mobiles).filter(({ mobile }) =>
    state.telephones.some((telephone) => telephone.mobile === mobile),
  );
  return (
    <Modal title={t("open.title")} onClose={onClose}>
      <p className={styles.intro}>{t("open.intro")}</p>
      <MobileForm onOpen={open} />
      {listed.length > 0 && (
        <>
          <h3 className={styles.heading}>{t("open.withMessages")}</h3>
          <ul className={styles.grid}>
            {listed.map(({ mobile, unread }) => (
              <li key={mobile}>
                <Choice
                  mobile={mobile}
                  text={stage.mobiles.includes(mobile) ? t("open.onStage") : ""}
                  unread={unread}
                  onOpen={open}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 className={styles.heading}>{t("open.magic")}</h3>
      <p className={styles.intro}>{t("open.magicIntro")}</p>
      <ul className={styles.list}>
        {magicTelephones.map((mobile) => (
          <li key={mobile}>
            <Choice
              mobile={mobile}
              name={t(`magic.${mobile}.name`)}
              text={t(`magic.${mobile}.text`)}
              onOpen={open}
            />
          </li>
        ))}
      </ul>
    </Modal>
  );
}

function MobileForm({ onOpen }: { onOpen: (mobile: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState(false);
  const fieldId = useId();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const mobile = parseMobile(typed);
    setRefused(mobile === null);
    if (mobile !== null) {
      onOpen(mobile);
    }
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <label htmlFor={fieldId}>{t("open.field")}</label>
      <div className={styles.line}>
        <input
          id={fieldId}
          type="tel"
          autoComplete="off"
          maxLength={24}
          value={typed}
          placeholder={t("open.placeholder")}
          aria-invalid={refused}
          aria-describedby={refused ? `${fieldId}-problem` : undefined}
          data-testid="mobile-field"
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit">{t("open.submit")}</button>
      </div>
      {refused && (
        <p id={`${fieldId}-problem`} className={styles.problem} role="alert">
          {t("open.invalid")}
        </p>
      )}
    </form>
  );
}

interface ChoiceProps {
  mobile: string;
  name?: string;
  text: string;
  unread?: number;
  onOpen: (mobile: string) => void;
}

function Choice({ mobile, name, text, unread = 0, onOpen }: ChoiceProps) {
  const number = formatMobile(mobile);
  return (
    <button type="button" className={styles.choice} onClick={() => onOpen(mobile)}>
      <span className={styles.sign}>
        <Avatar mobile={mobile} size={38} />
        <UnreadBadge count={unread} />
      </span>
      <span className={styles.about}>
        <span className={styles.first}>
          <strong>{name ?? number}</strong>
          {name !== undefined && (
            <span className={styles.number}>{number.replace("+57 ", "")}</span>
          )}
        </span>
        {text !== "" && <span className={styles.text}>{text}</span>}
      </span>
    </button>
  );
}
