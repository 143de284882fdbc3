import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { StatusTag } from "../../ui/status-tag.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { runDoctor } from "./operator-calls.ts";
import styles from "./operators.module.css";

const REFETCH_MS = 10_000;
const KINDS = { ok: "good", warn: "wait", fail: "bad" } as const;

/** What the doctor finds of the installation: lanes' lag and all the rest, each with its cure. */
export function Health() {
  const say = operatorWords.useWords();
  const { data, error } = useQuery({
    queryKey: ["doctor"],
    queryFn: ({ signal }) => runDoctor(signal),
    refetchInterval: REFETCH_MS,
  });
  return (
    <>
      <p className={styles.soft}>{say("health.about")}</p>
      <ProblemNotice error={error} />
      <ul data-testid="doctor">
        {data?.checks.map((check) => (
          <li key={check.name} className={styles.check}>
            <StatusTag kind={KINDS[check.state]}>{say(`health.${check.state}`)}</StatusTag>
            <div lang="en">
              <b>{check.name}</b> {check.detail}
              {check.cure !== null && <p className={styles.cure}>{check.cure}</p>}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
