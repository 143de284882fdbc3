import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PageState } from "../state/page-state.ts";
import { formatMobile } from "../text/phone-number.ts";
import { Icon } from "../ui/icon.tsx";
import type { WebhookFilter } from "./use-webhook-list.ts";
import styles from "./webhook-filters.module.css";
import { webhookKinds } from "./webhook-summary.ts";

interface WebhookFiltersProps {
  state: PageState;
  filter: WebhookFilter;
  onFilter: (filter: WebhookFilter) => void;
  onReceiver: (name: string) => void;
}

/** Chips for the kinds, lists for the telephone and, when there are several, the receiver. */
export function WebhookFilters({ state, filter, onFilter, onReceiver }: WebhookFiltersProps) {
  const { t } = useTranslation();
  const kinds = webhookKinds.filter((kind) => kind !== "other");
  const mobiles = new Set([
    ...Object.keys(state.threads),
    ...state.telephones.map((telephone) => telephone.mobile),
  ]);
  const receivers = new Set([state.receiver, ...state.receivers]);
  return (
    <div className={styles.filters}>
      <fieldset className={styles.kinds}>
        <legend className="visually-hidden">{t("hooks.filterKind")}</legend>
        {[null, ...kinds].map((kind) => (
          <button
            key={kind ?? "all"}
            type="button"
            aria-pressed={filter.kind === kind}
            onClick={() => onFilter({ ...filter, kind })}
          >
            {kind === null ? t("hooks.all") : t(`hooks.kind.${kind}`)}
          </button>
        ))}
      </fieldset>
      <Picker>
        <select
          aria-label={t("hooks.filterTelephone")}
          value={filter.mobile ?? ""}
          onChange={(event) => onFilter({ ...filter, mobile: event.target.value || null })}
        >
          <option value="">{t("hooks.allTelephones")}</option>
          {[...mobiles].slice(0, 200).map((mobile) => (
            <option key={mobile} value={mobile}>
              {formatMobile(mobile)}
            </option>
          ))}
        </select>
      </Picker>
      {receivers.size > 1 && (
        <Picker>
          <select
            aria-label={t("hooks.receiver")}
            value={state.receiver}
            onChange={(event) => onReceiver(event.target.value)}
          >
            {[...receivers].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </Picker>
      )}
    </div>
  );
}

/** A list's frame, with an arrow of our own. */
function Picker({ children }: { children: ReactNode }) {
  return (
    <span className={styles.picker}>
      {children}
      <Icon name="chevron" size={15} />
    </span>
  );
}
