import { useTranslation } from "react-i18next";
import { countUnread, type PageState } from "../state/page-state.ts";
import { usePageState } from "../state/session-context.ts";
import { Avatar } from "../telephone/avatar.tsx";
import { formatMobile } from "../text/phone-number.ts";
import { Icon } from "../ui/icon.tsx";
import styles from "./telephone-rail.module.css";
import { UnreadBadge } from "./unread-badge.tsx";
import type { Stage } from "./use-stage.ts";

const railMax = 40;

/** On a wide screen: every telephone that has messages, the ones on the stage marked, and a place to open more. */
export function TelephoneRail({ stage, onAdd }: { stage: Stage; onAdd: () => void }) {
  const { t } = useTranslation();
  const state = usePageState();
  return (
    <nav className={styles.rail} aria-label={t("rail.label")}>
      <button
        type="button"
        className={styles.add}
        aria-label={t("rail.add")}
        title={t("rail.add")}
        data-testid="open-telephone"
        onClick={onAdd}
      >
        <Icon name="add" size={22} />
      </button>
      <ul className={styles.list}>
        {listedMobiles(state, stage.mobiles).map(({ mobile, unread }) => (
          <li key={mobile}>
            <button
              type="button"
              className={styles.telephone}
              data-on-stage={stage.mobiles.includes(mobile) || undefined}
              title={formatMobile(mobile)}
              onClick={() => stage.open(mobile)}
            >
              <Avatar mobile={mobile} size={42} />
              <span className="visually-hidden">
                {t("rail.show", { number: formatMobile(mobile) })}
              </span>
              <UnreadBadge count={unread} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The stage's telephones in their order, then the others, the one written to last first. */
export function listedMobiles(
  state: PageState,
  onStage: readonly string[],
): { mobile: string; unread: number }[] {
  const shown = onStage.map((mobile) => ({
    mobile,
    unread: countUnread(state.threads[mobile] ?? []),
  }));
  const others = state.telephones
    .filter((telephone) => !onStage.includes(telephone.mobile))
    .toSorted((a, b) => (b.lastAt ?? "").localeCompare(a.lastAt ?? ""));
  return [...shown, ...others.slice(0, railMax)];
}
