import { Button, Skeleton, Table } from "@mantine/core";
import type { Report } from "@recado/contract/console/work";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatAddress } from "../../../api/call.ts";
import { currentLanguage } from "../../../i18n/language.ts";
import { dayAgo } from "../../../ui/date/day-ago.ts";
import { DayField } from "../../../ui/date/day-field.tsx";
import { formatCalendarDay } from "../../../ui/format/format-time.ts";
import { Page } from "../../../ui/page.tsx";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { inboxApi } from "../state/inbox-api.ts";
import { FigureList } from "../supervisor/figure-list.tsx";
import { SCROLL_BY_KEYS } from "../supervisor/scroll-by-keys.ts";
import styles from "../supervisor/supervisor-page.module.css";
import { TableHeads } from "../supervisor/table-heads.tsx";
import { formatFull, formatSpan } from "../text/format-moment.ts";
import { BarChart } from "./bar-chart.tsx";
import own from "./reports-page.module.css";

const DAYS = 30;
const FIGURES = [
  ...(["opened", "received", "sent", "resolved"] as const),
  ...(["first", "resolution", "rating"] as const),
];

/** What happened on some days, and a table of it to take away. */
export function ReportsPage() {
  const say = inboxWords.useWords();
  const [range, setRange] = useState(() => ({ from: dayAgo(DAYS - 1), to: dayAgo(0) }));
  const { data, error } = useQuery({
    queryKey: ["inbox-report", range],
    queryFn: () => inboxApi.report(range),
    placeholderData: (before) => before,
  });
  const pick = (name: "from" | "to") => (
    <DayField
      label={say(`reports.${name}`)}
      value={range[name]}
      // No span ends before it begins.
      {...(name === "from" ? { maxDate: range.to } : { minDate: range.from })}
      onDay={(picked) => setRange({ ...range, [name]: picked })}
    />
  );
  return (
    <Page
      title={say("reports.title")}
      about={
        data === undefined
          ? say("reports.about")
          : say("reports.until", { at: formatFull(data.complete_until, currentLanguage()) })
      }
      wide
      back={{ to: "/", label: say("supervisor.inbox") }}
      tools={
        <div className={own.tools}>
          {pick("from")}
          {pick("to")}
        </div>
      }
    >
      <ProblemNotice error={error} />
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <div className={styles.parts} data-testid="report">
          <Totals totals={data.totals} />
          <section>
            <Head title={say("reports.days")} by="day" range={range} />
            <BarChart
              labels={data.days.map(({ day: one }) => formatCalendarDay(one))}
              series={seriesOf(data.days, say)}
            />
          </section>
          <section>
            <Head title={say("reports.hours")} by="hour" range={range} />
            <BarChart
              labels={data.hours.map(({ hour }) => `${hour}`)}
              series={seriesOf(data.hours, say)}
            />
          </section>
          <People title={say("reports.agents")} rows={data.agents} by="agent" range={range} />
          <People title={say("reports.teams")} rows={data.teams} by="team" range={range} />
        </div>
      )}
    </Page>
  );
}

type Figures = Report["totals"];
interface Range {
  from: string;
  to: string;
}

function seriesOf(rows: readonly Figures[], say: typeof inboxWords.say) {
  return [
    { name: say("reports.received"), values: rows.map(({ received }) => received) },
    { name: say("reports.sent"), values: rows.map(({ sent }) => sent) },
  ];
}

function Head(props: { title: string; by: "day" | "hour" | "agent" | "team"; range: Range }) {
  const say = inboxWords.useWords();
  const query = { ...props.range, by: props.by };
  return (
    <div className={own.head}>
      <h2 className={styles.title}>{props.title}</h2>
      <Button
        component="a"
        href={formatAddress("/console/api", { path: "/inbox-work/report.csv", query })}
        download
        size="compact-sm"
        variant="subtle"
        color="gray"
        leftSection={<IconDownload size={14} stroke={1.7} />}
      >
        {say("reports.export")}
      </Button>
    </div>
  );
}

function Totals({ totals }: { totals: Figures }) {
  const say = inboxWords.useWords();
  const { opened, received, sent, resolved } = totals;
  const values = {
    ...{ opened, received, sent, resolved },
    first: seconds(totals.first_answer_median_s),
    resolution: seconds(totals.resolution_median_s),
    rating: sayRating(totals.rating_avg),
  };
  return (
    <FigureList
      figures={FIGURES.map((name) => ({ name: say(`reports.${name}`), value: values[name] }))}
    />
  );
}

interface PeopleProps {
  title: string;
  rows: readonly (Figures & { name: string })[];
  by: "agent" | "team";
  range: Range;
}

function People({ title, rows, by, range }: PeopleProps) {
  const say = inboxWords.useWords();
  const heads = ["name", "sent", "resolved", "first", "resolution", "rating"] as const;
  // What nobody did is no line of its own.
  const shown = rows.filter(({ name, sent, resolved }) => name !== "" || sent + resolved > 0);
  if (shown.length === 0) return null;
  return (
    <section>
      <Head {...{ title, by, range }} />
      <Table.ScrollContainer minWidth={560} scrollAreaProps={SCROLL_BY_KEYS}>
        <Table className={styles.table}>
          <TableHeads names={heads.map((head) => say(`reports.${head}`))} />
          <Table.Tbody>
            {shown.map((row) => (
              <Table.Tr key={row.name}>
                <Table.Td>
                  {row.name || say(by === "team" ? "reports.noTeam" : "supervisor.nobody")}
                </Table.Td>
                <Table.Td>{row.sent}</Table.Td>
                <Table.Td>{row.resolved}</Table.Td>
                <Table.Td>{seconds(row.first_answer_median_s)}</Table.Td>
                <Table.Td>{seconds(row.resolution_median_s)}</Table.Td>
                <Table.Td>{sayRating(row.rating_avg)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

/** The names of what is counted stand there before the numbers. */
function Waiting() {
  const say = inboxWords.useWords();
  return (
    <div className={styles.parts} aria-busy="true">
      <FigureList figures={FIGURES.map((name) => ({ name: say(`reports.${name}`) }))} />
      {(["days", "hours"] as const).map((name) => (
        <section key={name}>
          <h2 className={styles.title}>{say(`reports.${name}`)}</h2>
          <Skeleton height={200} radius="md" />
        </section>
      ))}
    </div>
  );
}

function seconds(value: number | null): string {
  return value === null ? "–" : formatSpan(value * 1_000);
}

/** Of 5, as the reader writes it: `4,5`. */
function sayRating(average: number | null): string {
  if (average === null) return "–";
  const format = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(currentLanguage(), format).format(average);
}
