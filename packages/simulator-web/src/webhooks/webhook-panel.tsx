import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePageState, useSession } from "../state/session-context.ts";
import { Icon } from "../ui/icon.tsx";
import { useWebhookList, type WebhookFilter } from "./use-webhook-list.ts";
import { WebhookFilters } from "./webhook-filters.tsx";
import styles from "./webhook-panel.module.css";
import { WebhookRow } from "./webhook-row.tsx";

const everything: WebhookFilter = { kind: null, mobile: null };

/** What the integrator received, newest first, live. */
export function WebhookPanel({ onShowBubble }: { onShowBubble: (id: string) => void }) {
  const { t } = useTranslation();
  const state = usePageState();
  const session = useSession();
  const [filter, setFilter] = useState(everything);
  const listed = useWebhookList(state, filter);
  return (
    <aside className={styles.panel} aria-labelledby="webhooks-title">
      <header className={styles.head}>
        <div className={styles.title}>
          <h2 id="webhooks-title">{t("hooks.title")}</h2>
          <span className={styles.count}>{t("hooks.count", { count: state.webhooks.length })}</span>
        </div>
        <p className={styles.intro}>{t("hooks.intro")}</p>
        {(state.webhooks.length > 0 || state.receivers.length > 1) && (
          <WebhookFilters
            state={state}
            filter={filter}
            onFilter={setFilter}
            onReceiver={(name) => session.chooseReceiver(name)}
          />
        )}
      </header>
      {listed.length === 0 ? (
        <NothingListed filtered={state.webhooks.length > 0} onClear={() => setFilter(everything)} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <ol className={styles.list} tabIndex={0} aria-labelledby="webhooks-title">
          {listed.map(({ entry, summary, mobile }) => (
            <WebhookRow
              key={entry.key}
              entry={entry}
              summary={summary}
              mobile={mobile}
              onShowBubble={onShowBubble}
            />
          ))}
        </ol>
      )}
    </aside>
  );
}

function NothingListed({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.nothing}>
      <span className={styles.sign}>
        <Icon name="webhook" size={30} />
      </span>
      <strong>{filtered ? t("hooks.noMatch") : t("hooks.empty")}</strong>
      {filtered ? (
        <button type="button" onClick={onClear}>
          {t("hooks.clearFilter")}
        </button>
      ) : (
        <span>{t("hooks.emptyHint")}</span>
      )}
    </div>
  );
}
