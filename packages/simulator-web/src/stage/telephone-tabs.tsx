import { type RefObject, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { countUnread } from "../state/page-state.ts";
import { usePageState } from "../state/session-context.ts";
import { Avatar } from "../telephone/avatar.tsx";
import { formatMobile } from "../text/phone-number.ts";
import { Icon } from "../ui/icon.tsx";
import styles from "./telephone-tabs.module.css";
import { UnreadBadge } from "./unread-badge.tsx";
import { bringIntoView, type Stage } from "./use-stage.ts";

interface TelephoneTabsProps {
  stage: Stage;
  strip: RefObject<HTMLDivElement | null>;
  onAdd: () => void;
}

/** On a narrow screen: which telephone is in view, and the others a touch away. */
export function TelephoneTabs({ stage, strip, onAdd }: TelephoneTabsProps) {
  const { t } = useTranslation();
  const { threads } = usePageState();
  const current = useInView(strip, stage.mobiles);
  return (
    <nav className={styles.tabs} aria-label={t("rail.label")}>
      {stage.mobiles.map((mobile) => (
        <div key={mobile} className={styles.tab} data-current={mobile === current || undefined}>
          <button
            type="button"
            aria-current={mobile === current}
            onClick={() => bringIntoView(mobile)}
          >
            <Avatar mobile={mobile} size={30} />
            {mobile === current && (
              <span aria-hidden="true">{formatMobile(mobile).replace("+57 ", "")}</span>
            )}
            <span className="visually-hidden">
              {t("rail.show", { number: formatMobile(mobile) })}
            </span>
          </button>
          <UnreadBadge count={countUnread(threads[mobile] ?? [])} />
          {mobile === current && stage.mobiles.length > 1 && (
            <button
              type="button"
              className={styles.close}
              aria-label={t("telephone.close", { number: formatMobile(mobile) })}
              onClick={() => stage.close(mobile)}
            >
              <Icon name="close" size={15} />
            </button>
          )}
        </div>
      ))}
      <button type="button" className={styles.add} aria-label={t("rail.add")} onClick={onAdd}>
        <Icon name="add" />
      </button>
    </nav>
  );
}

function useInView(
  strip: RefObject<HTMLDivElement | null>,
  mobiles: readonly string[],
): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const box = strip.current;
    if (box === null) {
      return;
    }
    const look = () => {
      const middle = box.scrollLeft + box.clientWidth / 2;
      const found = mobiles.find((mobile) => {
        const telephone = document.getElementById(`telephone-${mobile}`);
        const left = (telephone?.offsetLeft ?? 0) - box.offsetLeft;
        return telephone !== null && left <= middle && middle < left + telephone.offsetWidth;
      });
      setCurrent(found ?? null);
    };
    look();
    box.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      box.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [strip, mobiles]);
  return current;
}
