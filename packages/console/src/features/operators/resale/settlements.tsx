import { Button, SegmentedControl } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMemo } from "react";
import { formatPeriod } from "../../../ui/format/format-period.ts";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { saveFile } from "../../../ui/save-file.ts";
import { type Column, DataTable } from "../../../ui/table/data-table.tsx";
import { operatorWords } from "../i18n/operator-words.ts";
import styles from "../operators.module.css";
import type { SettlementReport } from "./resale-calls.ts";
import { settledColumns } from "./settled-columns.ts";

type Item = SettlementReport["items"][number];

/** What was settled, day by day or month by month, and the same as a file. */
export function Settlements(props: {
  by: "day" | "month";
  /** To the reseller, whose they are. */
  isOwn: boolean;
  report: SettlementReport | undefined;
  error: Error | null;
  onBy(by: "day" | "month"): void;
}) {
  const { by, isOwn, report, error, onBy } = props;
  const say = operatorWords.useWords();
  const currency = report?.currency ?? "";
  const columns = useMemo(
    () => settlementColumns(say, { currency, isOwn }),
    [say, currency, isOwn],
  );
  const newestFirst = useMemo(() => report?.items.toReversed(), [report]);
  return (
    <>
      <p className={styles.soft}>{say("resale.settlementsAbout")}</p>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={say("resale.by")}
          size="xs"
          value={by}
          data={(["day", "month"] as const).map((value) => ({
            value,
            label: say(`resale.periods.${value}`),
          }))}
          onChange={onBy}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          disabled={report === undefined || report.items.length === 0}
          onClick={() => {
            if (report === undefined) return;
            const name = `${say("resale.settlements")} ${report.from} ${report.to}.csv`;
            saveFile(name, report.csv, "text/csv");
          }}
          data-testid="settlements-csv"
        >
          {say("resale.csv")}
        </Button>
      </div>
      <ProblemNotice error={error} />
      <DataTable
        label={say("resale.settlements")}
        columns={columns}
        rows={newestFirst}
        failed={error !== null}
        rowId={({ period }) => period}
        empty={<p className={styles.plain}>{say("resale.noSettlements")}</p>}
      />
    </>
  );
}

function settlementColumns(
  say: ReturnType<typeof operatorWords.useWords>,
  { currency, isOwn }: { currency: string; isOwn: boolean },
): Column<Item>[] {
  return [
    {
      id: "period",
      title: say("resale.period"),
      card: "headline",
      sort: ({ period }) => period,
      cell: ({ period }) => formatPeriod(period),
    },
    ...settledColumns<Item>(say, { isOwn, currencyOf: () => currency }),
  ];
}
