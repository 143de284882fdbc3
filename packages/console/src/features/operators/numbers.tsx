import { Button } from "@mantine/core";
import { IconDeviceMobile } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import { usePages } from "../../api/use-pages.ts";
import { currentLanguage } from "../../i18n/language.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { formatMobile } from "../../ui/format/format-number.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { StatusTag } from "../../ui/status-tag.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { type Channel, checkChannel, listChannels } from "./operator-calls.ts";
import styles from "./operators.module.css";

const REFETCH_MS = 10_000;
const KINDS = { ok: "good", wrong: "bad", unknown: "wait" } as const;

/** Every official number of the platform, and the doctor for each. */
export function Numbers() {
  const say = operatorWords.useWords();
  const { rows, error, more } = usePages(["channels"], listChannels, { refetchMs: REFETCH_MS });
  const { mutate: check, ...checked } = useMutation({ mutationFn: checkChannel });
  const columns = useMemo(() => numberColumns(say, check), [say, check]);
  const language = currentLanguage();
  return (
    <>
      <p className={styles.soft}>{say("numbers.about")}</p>
      <ProblemNotice error={error ?? checked.error} />
      {checked.data !== undefined && (
        <ul className={styles.report} aria-live="polite" data-testid="channel-report">
          {checked.data.findings.map((finding) => (
            <li key={finding.check} className={styles.check}>
              <StatusTag kind={KINDS[finding.state]}>{finding.check}</StatusTag>
              <div>
                <span lang="en">{finding.detail}</span>
                {finding.cure !== null && <p className={styles.cure}>{finding.cure[language]}</p>}
              </div>
            </li>
          ))}
        </ul>
      )}
      <DataTable
        label={say("numbers.title")}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        more={more}
        empty={<EmptyState icon={IconDeviceMobile} title={say("numbers.empty")} />}
      />
    </>
  );
}

function numberColumns(
  say: ReturnType<typeof operatorWords.useWords>,
  check: (id: string) => void,
): Column<Channel>[] {
  return [
    {
      id: "number",
      title: say("numbers.number"),
      card: "headline",
      cell: ({ officialNumber }) => formatMobile(officialNumber),
    },
    { id: "provider", title: say("numbers.provider"), cell: ({ provider }) => provider },
    {
      id: "state",
      title: say("numbers.state"),
      cell: ({ state, restUntil }) => {
        if (state === "inactive")
          return <StatusTag kind="mute">{say("numbers.inactive")}</StatusTag>;
        const rests = restUntil !== null && Date.parse(restUntil) > Date.now();
        return (
          <StatusTag kind={rests ? "wait" : "good"}>
            {say(rests ? "numbers.resting" : "numbers.active")}
          </StatusTag>
        );
      },
    },
    {
      id: "rate",
      title: say("numbers.rate"),
      align: "end",
      cell: ({ ratePerSecond }) => ratePerSecond,
    },
    {
      id: "check",
      title: "",
      align: "end",
      card: "bare",
      cell: ({ id }) => (
        <Button variant="default" size="compact-sm" onClick={() => check(id)}>
          {say("numbers.check")}
        </Button>
      ),
    },
  ];
}
