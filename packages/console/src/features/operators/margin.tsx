import { SegmentedControl } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { EmptyState } from "../../ui/empty-state.tsx";
import { formatCountry } from "../../ui/format/format-country.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatNumber } from "../../ui/format/format-number.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { getMargin, type MarginLine } from "./operator-calls.ts";
import styles from "./operators.module.css";

const DAY_MS = 86_400_000;
const SPANS = ["7", "30", "90"] as const;
const GROUPS = ["account", "category", "country", "day"] as const;
type Group = (typeof GROUPS)[number];

/** What was earned: paid by accounts, less what it cost. Currencies are never added up. */
export function Margin() {
  const say = operatorWords.useWords();
  const [span, setSpan] = useState<(typeof SPANS)[number]>("30");
  const [by, setBy] = useState<Group>("account");
  const { data, error } = useQuery({
    queryKey: ["margin", span, by],
    queryFn: ({ signal }) => {
      const now = Date.now();
      const from = formatUtcDay(now - (Number(span) - 1) * DAY_MS);
      return getMargin({ from, to: formatUtcDay(now), by }, signal);
    },
  });
  const columns = useMemo(() => marginColumns(say, by), [say, by]);
  return (
    <>
      <p className={styles.soft}>{say("margin.about")}</p>
      <div className={styles.line}>
        <SegmentedControl
          aria-label={say("margin.span")}
          size="xs"
          value={span}
          data={SPANS.map((value) => ({ value, label: say("margin.days", { count: value }) }))}
          onChange={setSpan}
        />
        <SegmentedControl
          aria-label={say("margin.by")}
          size="xs"
          value={by}
          data={GROUPS.map((value) => ({ value, label: say(`margin.groups.${value}`) }))}
          onChange={setBy}
        />
      </div>
      <ProblemNotice error={error} />
      {error === null && (
        <DataTable
          label={say("margin.title")}
          columns={columns}
          rows={data?.items}
          failed={error !== null}
          rowId={(row) => `${row.currency} ${row[KEYS[by]] ?? ""} ${row.accountId ?? ""}`}
          empty={
            <EmptyState
              icon={IconChartBar}
              title={say("margin.empty")}
              text={say("margin.emptyText")}
            />
          }
        />
      )}
    </>
  );
}

const KEYS = {
  account: "accountName",
  category: "category",
  country: "country",
  day: "day",
} as const satisfies Record<Group, keyof MarginLine>;
const CATEGORIES = ["marketing", "utility", "authentication", "service"] as const;

function marginColumns(
  say: ReturnType<typeof operatorWords.useWords>,
  by: Group,
): Column<MarginLine>[] {
  const nameOf = (row: MarginLine) => {
    const value = row[KEYS[by]] ?? "";
    const category = CATEGORIES.find((each) => each === value);
    if (by === "country") return formatCountry(value);
    return by === "category" && category ? say(`prices.categories.${category}`) : value;
  };
  const money = (id: "revenue" | "cost" | "margin"): Column<MarginLine> => ({
    id,
    title: say(`margin.${id}`),
    align: "end",
    sort: (row) => Number(row[id]),
    cell: (row) => formatMoney(row[id], row.currency),
  });
  return [
    {
      id: "group",
      title: say(`margin.groups.${by}`),
      card: "headline",
      sort: nameOf,
      cell: nameOf,
    },
    { id: "currency", title: say("accounts.currency"), cell: ({ currency }) => currency },
    {
      id: "charged",
      title: say("margin.messages"),
      align: "end",
      sort: ({ charged }) => charged,
      cell: ({ charged, refunded, reversed }) => formatNumber(charged - refunded + reversed),
    },
    money("revenue"),
    money("cost"),
    money("margin"),
  ];
}

function formatUtcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
