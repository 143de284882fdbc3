import type { SimulatorState } from "@recado/contract/simulator-api";
import { useTranslation } from "react-i18next";
import { formatMobile } from "../text/phone-number.ts";
import { Icon } from "../ui/icon.tsx";
import styles from "./chat-header.module.css";

interface ChatHeaderProps {
  numbers: SimulatorState["numbers"];
  /** Digits of the number whose chat is open; empty when there is none. */
  official: string;
  onChoose: (official: string) => void;
}

/** With whom the person is chatting: the business's name, its number and the verified mark. */
export function ChatHeader({ numbers, official, onChoose }: ChatHeaderProps) {
  const { t } = useTranslation();
  const name = nameOf(numbers, official);
  return (
    <header className={styles.header}>
      <span className={styles.avatar} aria-hidden="true">
        {initialsOf(name ?? "?")}
      </span>
      <div className={styles.who}>
        <h2 className={styles.name}>
          <span>
            {name ?? (official === "" ? t("telephone.noNumber") : formatMobile(official))}
          </span>
          {name !== null && <VerifiedMark />}
        </h2>
        {official !== "" && (
          <p className={styles.number}>
            {name === null ? t("telephone.business") : formatMobile(official)}
          </p>
        )}
      </div>
      {numbers.length > 1 && (
        <label className={styles.choose}>
          <Icon name="chevron" size={18} />
          <select
            value={official}
            aria-label={t("telephone.chooseChat")}
            onChange={(event) => onChoose(event.target.value)}
          >
            {numbers.map((number) => (
              <option key={number.id} value={number.displayNumber}>
                {number.verifiedName} · {formatMobile(number.displayNumber)}
              </option>
            ))}
          </select>
        </label>
      )}
    </header>
  );
}

/** The business's name by its number's digits; null when the simulator does not know the number. */
export function nameOf(numbers: SimulatorState["numbers"], official: string): string | null {
  return numbers.find((number) => number.displayNumber === official)?.verifiedName ?? null;
}

function VerifiedMark() {
  const { t } = useTranslation();
  return (
    <svg className={styles.verified} viewBox="0 0 20 20" role="img">
      <title>{t("telephone.verified")}</title>
      <path d="m10 .8 2.3 1.8 2.9-.3 1.1 2.7 2.7 1.1-.3 2.900L20.5 10l-1.8 2.3.3 2.9-2.7 1.1-1.1 2.7-2.9-.3L10 19.200l-2.3-1.5-2.9.3-1.1-2.700L1 14.200l.3-2.900L-.5 10l1.8-2.300L1 4.800l2.7-1.100L4.8 1l2.9.3z" />
      <path className={styles.verifiedCheck} d="m6.2 10.2 2.6 2.6 5-5.3" />
    </svg>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? "")
    .join("");
}
