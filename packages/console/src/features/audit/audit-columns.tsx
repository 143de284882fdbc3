import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { tellAction } from "@recado/contract/plain/audit-words";
import type { AnswerOf } from "../../api/operation.ts";
import { currentLanguage } from "../../i18n/language.ts";
import type { Say } from "../../i18n/words.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { StatusTag } from "../../ui/status-tag.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { ThingCell } from "../../ui/thing-cell.tsx";
import styles from "./audit.module.css";
import type { es } from "./i18n/es.ts";

/** A change, and how it was answered. */
export type Change = AnswerOf<typeof CONSOLE_OPERATIONS.listChanges>["items"][number];

/** The columns of the audit trail. */
export function auditColumns(say: Say<typeof es>): Column<Change>[] {
  return [
    {
      id: "who",
      title: say("column.who"),
      card: "headline",
      cell: ({ login, token_label, address }) => (
        <ThingCell
          title={login ?? token_label ?? say("nobody")}
          about={`${token_label ?? say("console")} · ${address}`}
        />
      ),
      width: "26%",
    },
    {
      id: "what",
      title: say("column.what"),
      cell: ({ action }) => <ActionWords action={action} />,
    },
    {
      id: "result",
      title: say("column.result"),
      cell: ({ status }) => <ChangeResult status={status} say={say} />,
      width: "14%",
    },
    {
      id: "when",
      title: say("column.when"),
      cell: ({ at }) => <span className="numbers">{formatFull(at)}</span>,
      width: "20%",
    },
  ];
}

/** How a change ended. */
export function ChangeResult({ status, say }: { status: number | null; say: Say<typeof es> }) {
  if (status === null) return <StatusTag kind="wait">{say("unknown")}</StatusTag>;
  if (status < 400) return <StatusTag kind="good">{say("done")}</StatusTag>;
  return (
    <StatusTag kind="bad">{`${say(status < 500 ? "refused" : "failed")} (${status})`}</StatusTag>
  );
}

/** What was changed, in words; the call itself where there are none. */
function ActionWords({ action }: { action: string }) {
  const words = tellAction(action, currentLanguage());
  if (words !== null) return <span>{words}</span>;
  return <code className={styles.action}>{action.replace("/console/api/", "/")}</code>;
}
