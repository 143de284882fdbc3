import { IconUsersGroup } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { usePages } from "../../../api/use-pages.ts";
import { useSession } from "../../../session/use-session.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatMoney } from "../../../ui/format/format-money.ts";
import { formatNumber } from "../../../ui/format/format-number.ts";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { type Column, DataTable } from "../../../ui/table/data-table.tsx";
import { operatorWords } from "../i18n/operator-words.ts";
import styles from "../operators.module.css";
import { DaysChoice } from "./days-choice.tsx";
import { daysOf } from "./named-days.ts";
import { listResellers, type Reseller } from "./resale-calls.ts";
import { ResellerBooks } from "./reseller-books.tsx";
import { settledColumns } from "./settled-columns.ts";

/** The operator's list of resellers; to a reseller, its own books. */
export function Resellers() {
  const { person, account } = useSession();
  return person.operator ? (
    <ResellerList />
  ) : (
    <ResellerBooks resellerId={account.id} currency={account.currency} />
  );
}

function ResellerList() {
  const say = operatorWords.useWords();
  const navigate = useNavigate();
  const [days, setDays] = useState(() => daysOf("month", Date.now()));
  const { rows, error, more } = usePages(["resale", "list", days], (cursor, signal) =>
    listResellers(days, cursor, signal),
  );
  const columns = useMemo(() => resellerColumns(say), [say]);
  return (
    <>
      <p className={styles.soft}>{say("resale.about")}</p>
      <DaysChoice days={days} onDays={setDays} />
      <ProblemNotice error={rows === undefined ? error : null} />
      <DataTable
        label={say("resale.title")}
        columns={columns}
        rows={rows}
        failed={error !== null}
        rowId={({ id }) => id}
        onOpen={({ id }) =>
          void navigate({ to: "/operador/revendedores/$accountId", params: { accountId: id } })
        }
        more={more}
        empty={
          <EmptyState
            icon={IconUsersGroup}
            title={say("resale.empty")}
            text={say("resale.emptyText")}
          />
        }
      />
    </>
  );
}

function resellerColumns(say: ReturnType<typeof operatorWords.useWords>): Column<Reseller>[] {
  return [
    {
      id: "name",
      title: say("resale.reseller"),
      card: "headline",
      sort: ({ name }) => name,
      cell: ({ name, state }) =>
        state === "active" ? name : `${name} · ${say("accounts.disabled")}`,
    },
    {
      id: "customers",
      title: say("resale.customers"),
      align: "end",
      sort: ({ customers }) => customers,
      cell: ({ customers }) => formatNumber(customers),
    },
    {
      id: "balance",
      title: say("resale.balance"),
      align: "end",
      sort: ({ balance }) => Number(balance),
      cell: ({ balance, currency }) => formatMoney(balance, currency),
    },
    ...settledColumns<Reseller>(say, { isOwn: false, currencyOf: ({ currency }) => currency }),
  ];
}
