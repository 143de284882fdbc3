import { formatMoney } from "../../../ui/format/format-money.ts";
import { formatNumber } from "../../../ui/format/format-number.ts";
import type { Column } from "../../../ui/table/data-table.tsx";
import type { operatorWords } from "../i18n/operator-words.ts";

interface Settled {
  messages: number;
  resale: string;
  wholesale: string;
  margin: string;
}

/** The columns of what was settled: how many messages, what they brought, what they cost, and what is left. */
export function settledColumns<Row extends Settled>(
  say: ReturnType<typeof operatorWords.useWords>,
  { isOwn, currencyOf }: { isOwn: boolean; currencyOf(row: Row): string },
): Column<Row>[] {
  const money = (id: "resale" | "wholesale" | "margin"): Column<Row> => ({
    id,
    title: say(isOwn ? `resale.own.${id}` : `resale.${id}`),
    align: "end",
    sort: (row) => Number(row[id]),
    cell: (row) => formatMoney(row[id], currencyOf(row)),
  });
  return [
    {
      id: "messages",
      title: say("margin.messages"),
      align: "end",
      sort: ({ messages }) => messages,
      cell: ({ messages }) => formatNumber(messages),
    },
    money("resale"),
    money("wholesale"),
    money("margin"),
  ];
}
