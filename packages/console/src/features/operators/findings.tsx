import { Skeleton } from "@mantine/core";
import { useLanguage } from "../../i18n/use-language.ts";
import { StatusTag } from "../../ui/status-tag.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import type { ChannelReport } from "./operator-calls.ts";
import styles from "./operators.module.css";
import { sayChannelFinding } from "./say-channel-finding.ts";

const KINDS = { ok: "good", wrong: "bad", unknown: "wait" } as const;
const ORDER = ["wrong", "unknown", "ok"];

/** What the doctor found of a number: what is wrong first, each with what to do about it. */
export function Findings({ report }: { report: ChannelReport }) {
  const say = operatorWords.useWords();
  const { language } = useLanguage();
  const findings = report.findings.toSorted(
    (one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state),
  );
  return (
    <ul className={styles.report} aria-live="polite" data-testid="channel-report">
      {findings.map(({ check, state, detail, cure }) => (
        <li key={`${check} ${detail}`} className={styles.finding} data-state={state}>
          <div className={styles.findingHead}>
            <b>{say(`numbers.checks.${check}`)}</b>
            <StatusTag kind={KINDS[state]}>{say(`numbers.found.${state}`)}</StatusTag>
          </div>
          {cure !== null && <p className={styles.cure}>{cure[language]}</p>}
          <Detail sentence={detail} />
        </li>
      ))}
    </ul>
  );
}

/** What is being looked into, before anything is known of it. */
export function FindingSkeletons() {
  return (
    <ul className={styles.report} aria-busy="true">
      {["one", "two", "three", "four"].map((name) => (
        <li key={name} className={styles.finding}>
          <Skeleton width="34%" height={10} my={6} radius="sm" />
          <Skeleton width="62%" height={8} my={8} radius="sm" />
        </li>
      ))}
    </ul>
  );
}

function Detail({ sentence }: { sentence: string }) {
  const say = operatorWords.useWords();
  const said = sayChannelFinding(say, sentence);
  return (
    <p className={styles.detail} lang={said === null ? "en" : undefined}>
      {said ?? sentence}
    </p>
  );
}
