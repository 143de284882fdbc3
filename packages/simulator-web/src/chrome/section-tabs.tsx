import { useTranslation } from "react-i18next";
import { usePageState } from "../state/session-context.ts";
import { Icon } from "../ui/icon.tsx";
import styles from "./section-tabs.module.css";

export type Section = "telephones" | "webhooks";

interface SectionTabsProps {
  section: Section;
  onSection: (section: Section) => void;
}

/** On a narrow screen: the telephones or what the integrator received. */
export function SectionTabs({ section, onSection }: SectionTabsProps) {
  const { t } = useTranslation();
  const { webhooks } = usePageState();
  return (
    <nav className={styles.tabs} aria-label={t("page.sections")}>
      <button
        type="button"
        aria-current={section === "telephones" ? "page" : undefined}
        data-testid="section-telephones"
        onClick={() => onSection("telephones")}
      >
        <Icon name="devices" size={22} />
        {t("page.telephones")}
      </button>
      <button
        type="button"
        aria-current={section === "webhooks" ? "page" : undefined}
        data-testid="section-webhooks"
        onClick={() => onSection("webhooks")}
      >
        <Icon name="webhook" size={22} />
        <span>
          {t("page.webhooks")} <span className={styles.count}>{webhooks.length}</span>
        </span>
      </button>
    </nav>
  );
}
