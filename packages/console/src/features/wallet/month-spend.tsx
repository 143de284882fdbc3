import { Button, Select, Skeleton } from "@mantine/core";
import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { callV1 } from "../../api/call.ts";
import type { AnswerOf } from "../../api/operation.ts";
import { currentLanguage } from "../../i18n/language.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatNumber } from "../../ui/format/format-number.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { walletWords } from "./i18n/wallet-words.ts";
import styles from "./wallet.module.css";

type Statement = AnswerOf<typeof V1_OPERATIONS.getStatement>;
type Line = Statement["lines"][number];

const MONTHS = 12;
const REFETCH_MS = 10_000;
const KINDS = [
  ...(["topup", "adjustment", "charge", "refund"] as const),
  ...(["refund-reversal", "allocation", "resale", "wholesale"] as const),
];
const CATEGORIES = ["marketing", "utility", "authentication", "service"] as const;

/** What a month cost, as bars by category, with its opening and closing balance. */
export function MonthSpend() {
  const say = walletWords.useWords();
  const months = listMonths(new Date());
  const [month, setMonth] = useState(months[0] ?? "");
  const { data, error } = useQuery({
    queryKey: ["statement", month],
    queryFn: ({ signal }) =>
      callV1<typeof V1_OPERATIONS.getStatement>({
        method: "GET",
        path: "/statements/:month",
        params: { month },
        signal,
      }),
    refetchInterval: REFETCH_MS,
  });
  return (
    <>
      <div className={styles.bar}>
        <Select
          aria-label={say("month.pick")}
          allowDeselect={false}
          data={months.map((value) => ({ value, label: nameOf(value) }))}
          value={month}
          onChange={(value) => setMonth(value ?? month)}
        />
        <Button component="a" variant="default" href={`/v1/statements/${month}/csv`} download>
          {say("month.csv")}
        </Button>
      </div>
      {data === undefined && error === null && <Skeleton height={16} width="60%" radius="sm" />}
      {data === undefined ? <ProblemNotice error={error} /> : <Statement statement={data} />}
    </>
  );
}

function Statement({ statement }: { statement: Statement }) {
  const say = walletWords.useWords();
  const { currency, closed, lines } = statement;
  const largest = lines.filter(isSpend).reduce((most, line) => Math.max(most, sizeOf(line)), 0);
  return (
    <>
      {lines.length === 0 && <p className={styles.soft}>{say("month.none")}</p>}
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={`${line.kind} ${line.category}`} className={styles.line}>
            <span>
              <LineName line={line} />{" "}
              <small>{say("month.messages", { count: formatNumber(line.count) })}</small>
            </span>
            <span className={styles.track} aria-hidden>
              {isSpend(line) && largest > 0 && (
                <span
                  className={styles.fill}
                  data-in={!line.amount.startsWith("-")}
                  style={{ width: `${(100 * sizeOf(line)) / largest}%` }}
                />
              )}
            </span>
            <span className={styles.amount}>{formatMoney(line.amount, currency)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.soft}>
        {say("month.opening")}: {formatMoney(statement.opening_balance, currency)} ·{" "}
        {say("month.closing")}: {formatMoney(statement.closing_balance, currency)}
        {!closed && ` · ${say("month.open")}`}
      </p>
    </>
  );
}

function LineName({ line }: { line: Line }) {
  const say = walletWords.useWords();
  const kind = KINDS.find((each) => each === line.kind);
  const category = CATEGORIES.find((each) => each === line.category);
  const name = kind === undefined ? line.kind : say(`kind.${kind}`);
  return category === undefined ? name : `${name}, ${say(`category.${category}`)}`;
}

/** Money put in would dwarf what messages cost, so it has no bar. */
function isSpend({ category }: Line): boolean {
  return category !== null;
}

/** Only for the length of a bar: sums are the server's. */
function sizeOf(line: Line): number {
  return Math.abs(Number(line.amount));
}

function listMonths(now: Date): string[] {
  return Array.from({ length: MONTHS }, (_, back) => {
    const day = new Date(Date.UTC(now.getFullYear(), now.getMonth() - back, 1));
    return day.toISOString().slice(0, 7);
  });
}

function nameOf(month: string): string {
  const format = new Intl.DateTimeFormat(currentLanguage(), {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}
