import { useMemo } from "react";
import { usePages } from "../../../api/use-pages.ts";
import { formatMoney } from "../../../ui/format/format-money.ts";
import { formatFull } from "../../../ui/format/format-time.ts";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { type Column, DataTable } from "../../../ui/table/data-table.tsx";
import { operatorWords } from "../i18n/operator-words.ts";
import styles from "../operators.module.css";
import { type Allocation, listAllocations } from "./resale-calls.ts";

/** What a reseller handed on, newest first, whatever days the page tells of. */
export function Allocations(props: { resellerId: string; currency: string; isOwn: boolean }) {
  const { resellerId, currency, isOwn } = props;
  const say = operatorWords.useWords();
  const { rows, error, more } = usePages(["resale", resellerId, "allocations"], (cursor, signal) =>
    listAllocations(resellerId, cursor, signal),
  );
  const columns = useMemo(
    (): Column<Allocation>[] => [
      { id: "at", title: say("account.when"), card: "headline", cell: ({ at }) => formatFull(at) },
      { id: "to", title: say("resale.customer"), cell: ({ accountName }) => accountName },
      {
        id: "reference",
        title: say("account.reference"),
        cell: ({ reference }) => reference && <span className={styles.long}>{reference}</span>,
      },
      {
        id: "note",
        title: say("account.note"),
        cell: ({ note }) => note && <span className={styles.long}>{note}</span>,
      },
      {
        id: "amount",
        title: say("account.amount"),
        align: "end",
        cell: ({ amount }) => formatMoney(amount, currency),
      },
    ],
    [say, currency],
  );
  return (
    <>
      <p className={styles.soft}>
        {say(isOwn ? "resale.own.allocationsAbout" : "resale.allocationsAbout")}
      </p>
      <ProblemNotice error={error} />
      <DataTable
        label={say("resale.allocations")}
        columns={columns}
        rows={rows}
        failed={error !== null}
        rowId={({ causeId }) => causeId}
        more={more}
        empty={<p className={styles.plain}>{say("resale.noAllocations")}</p>}
      />
    </>
  );
}
