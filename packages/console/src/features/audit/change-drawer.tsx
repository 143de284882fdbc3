import { Drawer } from "@mantine/core";
import { tellAction } from "@recado/contract/plain/audit-words";
import { currentLanguage } from "../../i18n/language.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import styles from "./audit.module.css";
import { type Change, ChangeResult } from "./audit-columns.tsx";
import { auditWords } from "./i18n/audit-words.ts";

/** One change whole: what was asked, and how the thing was before and after. Secrets were never kept. */
export function ChangeDrawer({ change, onClose }: { change: Change; onClose(): void }) {
  useReturnFocus();
  const say = auditWords.useWords();
  const { request, before, after } = change;
  const words = tellAction(change.action, currentLanguage());
  const parts = [
    [say("sent"), request],
    [say("before"), before],
    [say("after"), after],
  ] as const;
  const shown = parts.filter(([, value]) => value !== null && value !== undefined);
  return (
    <Drawer
      opened
      onClose={onClose}
      title={say("detail")}
      position="right"
      size={520}
      data-testid="change"
    >
      <dl className={styles.facts}>
        <dt>{say("column.who")}</dt>
        <dd>{change.login ?? change.token_label ?? say("nobody")}</dd>
        <dt>{say("column.what")}</dt>
        <dd>
          {words !== null && <p className={styles.words}>{words}</p>}
          <code className={styles.action}>{change.action}</code>
        </dd>
        <dt>{say("column.result")}</dt>
        <dd>
          <ChangeResult status={change.status} say={say} />
        </dd>
        <dt>{say("column.when")}</dt>
        <dd className="numbers">{formatFull(change.at)}</dd>
        <dt>{say("address")}</dt>
        <dd>{change.address}</dd>
        {change.target_id !== null && (
          <>
            <dt>{say("id")}</dt>
            <dd>
              <code className={styles.action}>{change.target_id}</code>
            </dd>
          </>
        )}
      </dl>
      {shown.length === 0 && <p>{say("nothing")}</p>}
      {shown.map(([name, value]) => (
        <section key={name}>
          <h3 className={styles.name}>{name}</h3>
          <pre className={styles.json}>{JSON.stringify(value, null, 2)}</pre>
        </section>
      ))}
    </Drawer>
  );
}
