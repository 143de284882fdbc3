import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useSession } from "../../../session/use-session.ts";
import { formatMoney } from "../../../ui/format/format-money.ts";
import { formatNumber } from "../../../ui/format/format-number.ts";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { StatusTag } from "../../../ui/status-tag.tsx";
import { type Column, DataTable } from "../../../ui/table/data-table.tsx";
import { operatorWords } from "../i18n/operator-words.ts";
import { getMargin, type MarginLine } from "../operator-calls.ts";
import styles from "../operators.module.css";
import { countDays } from "./named-days.ts";
import type { Customer, Days } from "./resale-calls.ts";

/** As many as one report on margin spans. */
const MARGIN_DAYS_MAX = 92;

interface Row extends Customer {
  line: MarginLine | undefined;
}

/** Who a reseller sells to, with what each brought in on those days: to the operator, or to the reseller. */
export function Customers(props: {
  resellerId: string;
  days: Days;
  rows: readonly Customer[] | undefined;
  error: Error | null;
  more: { load(): void; loading: boolean } | undefined;
}) {
  const { resellerId, days, rows, error, more } = props;
  const say = operatorWords.useWords();
  const navigate = useNavigate();
  const { operator } = useSession().person;
  const told = countDays(days) <= MARGIN_DAYS_MAX;
  const margin = useQuery({
    queryKey: ["margin", "of-reseller", resellerId, days],
    enabled: told,
    queryFn: ({ signal }) => getMargin({ ...days, by: "account", resellerId }, signal),
  });
  const lines = margin.data?.items;
  const shown = useMemo(() => {
    const byAccount = new Map(lines?.map((line) => [line.accountId, line]));
    return rows?.map((row): Row => ({ ...row, line: byAccount.get(row.id) }));
  }, [rows, lines]);
  const columns = useMemo(() => customerColumns(say, told), [say, told]);
  return (
    <>
      <p className={styles.soft}>
        {told
          ? say(operator ? "resale.customersAbout" : "resale.customersAboutOwn")
          : say("resale.marginMax", { count: MARGIN_DAYS_MAX })}
      </p>
      <ProblemNotice error={error ?? margin.error} />
      <DataTable
        label={say("resale.customers")}
        columns={columns}
        rows={shown}
        failed={error !== null}
        more={more}
        rowId={({ id }) => id}
        onOpen={({ id }) =>
          void navigate({ to: "/operador/cuentas/$accountId", params: { accountId: id } })
        }
        empty={<p className={styles.plain}>{say("resale.noCustomers")}</p>}
      />
    </>
  );
}

function customerColumns(
  say: ReturnType<typeof operatorWords.useWords>,
  told: boolean,
): Column<Row>[] {
  const money = (id: "revenue" | "cost" | "margin"): Column<Row> => ({
    id,
    title: say(`margin.${id}`),
    align: "end",
    sort: ({ line }) => Number(line?.[id] ?? 0),
    cell: ({ line, currency }) => formatMoney(line?.[id] ?? "0", currency),
  });
  const messagesOf = ({ line }: Row) =>
    line === undefined ? 0 : line.charged - line.refunded + line.reversed;
  const earned: Column<Row>[] = [
    {
      id: "messages",
      title: say("margin.messages"),
      align: "end",
      sort: messagesOf,
      cell: (row) => formatNumber(messagesOf(row)),
    },
    money("revenue"),
    money("cost"),
    money("margin"),
  ];
  return [
    {
      id: "name",
      title: say("accounts.name"),
      card: "headline",
      sort: ({ name }) => name,
      cell: ({ name }) => name,
    },
    {
      id: "state",
      title: say("accounts.state"),
      cell: ({ state }) => (
        <StatusTag kind={state === "active" ? "good" : "mute"}>
          {say(`accounts.${state}`)}
        </StatusTag>
      ),
    },
    {
      id: "balance",
      title: say("account.balance"),
      align: "end",
      sort: ({ balance }) => Number(balance),
      cell: ({ balance, currency }) => formatMoney(balance, currency),
    },
    ...(told ? earned : []),
  ];
}
