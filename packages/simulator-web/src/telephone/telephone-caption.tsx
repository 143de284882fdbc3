import { useTranslation } from "react-i18next";
import { findMagicTelephone } from "../stage/magic-telephones.ts";
import { formatMobile } from "../text/phone-number.ts";
import { Icon } from "../ui/icon.tsx";
import { Avatar } from "./avatar.tsx";
import styles from "./telephone-caption.module.css";

interface TelephoneCaptionProps {
  mobile: string;
  onClose: (() => void) | null;
}

/** Whose telephone this is, and for a magic one what it always does. */
export function TelephoneCaption({ mobile, onClose }: TelephoneCaptionProps) {
  const { t } = useTranslation();
  const number = formatMobile(mobile);
  const magic = findMagicTelephone(mobile);
  const failure = magic === null ? /^573009(\d{6})$/.exec(mobile)?.[1] : undefined;
  return (
    <div className={styles.caption}>
      <Avatar mobile={mobile} />
      <div className={styles.who}>
        <p className={styles.number}>{number}</p>
        {magic !== null && <p className={styles.magic}>{t(`magic.${magic}.text`)}</p>}
        {failure !== undefined && (
          <p className={styles.magic}>
            {t("telephone.failsWith", { code: String(Number(failure)) })}
          </p>
        )}
      </div>
      {onClose !== null && (
        <button
          type="button"
          className={styles.close}
          aria-label={t("telephone.close", { number })}
          onClick={onClose}
        >
          <Icon name="close" size={18} />
        </button>
      )}
    </div>
  );
}
