import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { MonthField } from "../../ui/date/month-field.tsx";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { type Account, getStatement, listLedger, type Transfer } from "./operator-calls.ts";
import styles from "./operators.module.css";

/** Every movement of an account's money, newest first, and the statement of a month as a file. */
export function AccountLedger({ account }: { account: Account }) {
  const say = operatorWords.useWords();
  const { rows, error, more } = usePages(["accounts", account.id, "ledger"], (cursor, signal) =>
    listLedger(account.id, cursor, signal),
  );
  const columns = useMemo(() => ledgerColumns(say, account.currency), [say, account.currency]);
  return (
    <>
      <Statement account={account} />
      <ProblemNotice error={error} />
      {(rows !== undefined || error === null) && (
        <DataTable
          label={say("account.ledger")}
          columns={columns}
          rows={rows}
          failed={error !== null}
          rowId={({ causeId, kind }) => `${causeId} ${kind}`}
          more={more}
          empty={<p className={styles.plain}>{say("account.noLedger")}</p>}
        />
      )}
    </>
  );
}

function Statement({ account }: { account: Account }) {
  const say = operatorWords.useWords();
  const [month, setMonth] = useState(() => new Date().toISOString().slice(0, 7));
  const fetchFile = useMutation({
    mutationFn: () => getStatement(account.id, month),
    onSuccess: ({ csv }) => saveFile(`${account.name} ${month}.csv`, csv, "text/csv"),
  });
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault();
        fetchFile.mutate();
      }}
    >
      <MonthField label={say("account.month")} value={month} onMonth={setMonth} />
      <Button type="submit" variant="default" loading={fetchFile.isPending}>
        {say("account.statement")}
      </Button>
      <ProblemNotice error={fetchFile.error} />
    </form>
  );
}

function ledgerColumns(
  say: ReturnType<typeof operatorWords.useWords>,
  currency: string,
): Column<Transfer>[] {
  return [
    { id: "at", title: say("account.when"), card: "headline", cell: ({ at }) => formatFull(at) },
    { id: "kind", title: say("account.kind"), cell: ({ kind }) => say(`account.kinds.${kind}`) },
    {
      id: "reference",
      title: say("account.reference"),
      // On a telephone a cell without anything in it is not shown.
      cell: ({ reference }) => reference && <span className={styles.long}>{reference}</span>,
    },
    {
      id: "amount",
      title: say("account.amount"),
      align: "end",
      cell: ({ signed }) => formatMoney(signed, currency),
    },
    {
      id: "after",
      title: say("account.balance"),
      align: "end",
      cell: ({ balanceAfter }) => formatMoney(balanceAfter, currency),
    },
  ];
}
