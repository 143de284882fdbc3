import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { formatMobile } from "../../ui/format/format-number.ts";
import { formatSpan } from "../../ui/format/format-span.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { StatusTag } from "../../ui/status-tag.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { type DoctorCheck, runDoctor } from "./operator-calls.ts";
import styles from "./operators.module.css";
import { sayFinding } from "./say-finding.ts";

const REFETCH_MS = 10_000;
const KINDS = { ok: "good", warn: "wait", fail: "bad" } as const;
const NAMES = ["database", "migrations", "clock", "files", "prices"] as const;
const LANE = /^lane (?<lane>.+)$/u;
const WAITED = /has waited (?<seconds>\d+) s$/u;
const NUMBER = /^channel (?<number>\d+)$/u;
const POSTS = /^webhooks of app (?<app>.+)$/u;
const PRICES = /^prices of (?<account>.+)$/u;
const SECOND_MS = 1_000;

/** What the doctor finds of the installation: what asks for somebody first, then how far each lane is behind, then the rest. */
export function Health() {
  const say = operatorWords.useWords();
  const { data, error } = useQuery({
    queryKey: ["doctor"],
    queryFn: ({ signal }) => runDoctor(signal),
    refetchInterval: REFETCH_MS,
  });
  const checks = data?.checks ?? [];
  const troubles = checks.filter(({ state }) => state !== "ok");
  const well = checks.filter(({ state }) => state === "ok");
  return (
    <div data-testid="doctor">
      <p className={styles.soft}>{say("health.about")}</p>
      <ProblemNotice error={data === undefined ? error : null} />
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <>
          {troubles.length === 0 ? (
            <p className={styles.allWell}>
              <StatusTag kind="good">{say("health.allWell")}</StatusTag>
            </p>
          ) : (
            <CheckList checks={troubles} />
          )}
          <h2 className={styles.heading}>{say("health.lanes")}</h2>
          <Lanes checks={checks.filter(({ name }) => LANE.test(name))} />
          <h2 className={styles.heading}>{say("health.rest")}</h2>
          <CheckList checks={well.filter(({ name }) => !LANE.test(name))} />
        </>
      )}
    </div>
  );
}

/** How long the oldest item of each lane has been due. */
function Lanes({ checks }: { checks: readonly DoctorCheck[] }) {
  const say = operatorWords.useWords();
  return (
    <ul className={styles.lanes}>
      {checks.map(({ name, state, detail }) => {
        const lane = LANE.exec(name)?.groups?.lane ?? name;
        const seconds = WAITED.exec(detail)?.groups?.seconds;
        return (
          <li key={name} data-state={state}>
            <span>{nameLane(say, lane)}</span>
            <b lang={seconds === undefined ? "en" : undefined}>
              {seconds === undefined ? detail : formatWait(say, Number(seconds))}
            </b>
          </li>
        );
      })}
    </ul>
  );
}

function CheckList({ checks }: { checks: readonly DoctorCheck[] }) {
  const say = operatorWords.useWords();
  return (
    <ul className={styles.checks}>
      {checks.map((check) => (
        <li key={`${check.name} ${check.detail}`} className={styles.check}>
          <StatusTag kind={KINDS[check.state]}>{say(`health.${check.state}`)}</StatusTag>
          <div>
            <b>{nameCheck(say, check.name)}</b> <Said sentence={check.detail} />
            {check.cure !== null && (
              <p className={styles.cure}>
                <Said sentence={check.cure} />
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Said({ sentence }: { sentence: string }) {
  const say = operatorWords.useWords();
  const said = sayFinding(say, sentence);
  return said === null ? <span lang="en">{sentence}</span> : <span>{said}</span>;
}

type Say = ReturnType<typeof operatorWords.useWords>;
const LANES = [
  ...(["unprepared", "queued", "unknown", "awaiting", "fetching", "journal"] as const),
  ...(["webhooks", "search", "work", "auto-messages"] as const),
];

/** The lanes are known before how far they are behind. */
function Waiting() {
  const say = operatorWords.useWords();
  return (
    <div aria-busy="true">
      <Skeleton width={130} height={12} my={8} radius="sm" />
      <h2 className={styles.heading}>{say("health.lanes")}</h2>
      <ul className={styles.lanes}>
        {LANES.map((lane) => (
          <li key={lane}>
            <span>{nameLane(say, lane)}</span>
            <Skeleton width={56} height={10} my={5} radius="sm" />
          </li>
        ))}
      </ul>
      <h2 className={styles.heading}>{say("health.rest")}</h2>
      <ul className={styles.checks}>
        {NAMES.map((name, at) => (
          <li key={name} className={styles.check}>
            <Skeleton width={72} height={10} radius="sm" />
            <Skeleton width={`${52 + ((at * 13) % 30)}%`} height={10} my={5} radius="sm" />
          </li>
        ))}
      </ul>
    </div>
  );
}

function formatWait(say: Say, seconds: number): string {
  return seconds === 0 ? say("health.upToDate") : formatSpan(seconds * SECOND_MS);
}

function nameLane(say: Say, lane: string): string {
  const known = LANES.find((each) => each === lane);
  return known === undefined ? lane : say(`health.lane.${known}`);
}

function nameCheck(say: Say, name: string): string {
  const lane = LANE.exec(name)?.groups?.lane;
  if (lane !== undefined) return nameLane(say, lane);
  const number = NUMBER.exec(name)?.groups?.number;
  if (number !== undefined) return formatMobile(number);
  const posts = POSTS.exec(name)?.groups?.app;
  if (posts !== undefined) {
    const app = /^\d{7,15}$/u.test(posts) ? formatMobile(posts) : posts;
    return say("health.posts", { app });
  }
  const of = PRICES.exec(name)?.groups?.account;
  if (of !== undefined) return say("health.pricesOf", { account: of });
  const known = NAMES.find((each) => each === name);
  return known === undefined ? name : say(`health.check.${known}`);
}
