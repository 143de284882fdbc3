import { Progress, Skeleton } from "@mantine/core";
import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { useQuery } from "@tanstack/react-query";
import { callConsole, callV1 } from "../../api/call.ts";
import { useSession } from "../../session/use-session.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatNumber } from "../../ui/format/format-number.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { walletWords } from "./i18n/wallet-words.ts";
import styles from "./wallet.module.css";

const FULL = 100;

/** The caps by day, and what of them is used. */
export function Caps() {
  const say = walletWords.useWords();
  const { currency } = useSession().account;
  const { data, error } = useQuery({
    queryKey: ["caps"],
    queryFn: ({ signal }) =>
      callV1<typeof V1_OPERATIONS.listCaps>({ method: "GET", path: "/caps", signal }),
  });
  const names = useProjectNames(data?.items.some((cap) => cap.project_id !== null) === true);
  if (data === undefined && error === null) return <Skeleton height={16} width="60%" radius="sm" />;
  if (data === undefined) return <ProblemNotice error={error} />;
  if (data.items.length === 0) return <p className={styles.soft}>{say("caps.none")}</p>;
  return data.items.map((cap) => (
    <div key={cap.project_id ?? "account"} className={styles.cap}>
      <b>
        {cap.project_id === null
          ? say("caps.account")
          : (names.get(cap.project_id) ?? say("caps.project"))}
      </b>
      {cap.messages_max !== null && (
        <Used
          name={say("caps.messages")}
          part={cap.messages_used / Math.max(1, cap.messages_max)}
          words={say("caps.of", {
            used: formatNumber(cap.messages_used),
            max: formatNumber(cap.messages_max),
          })}
        />
      )}
      {cap.amount_max !== null && (
        <Used
          name={say("caps.amount")}
          part={Number(cap.amount_used) / Math.max(Number.EPSILON, Number(cap.amount_max))}
          words={say("caps.of", {
            used: formatMoney(cap.amount_used, currency),
            max: formatMoney(cap.amount_max, currency),
          })}
        />
      )}
    </div>
  ));
}

/** What the account's projects are called, by id: empty until they are known. */
function useProjectNames(enabled: boolean): ReadonlyMap<string, string> {
  const { data } = useQuery({
    ...{ queryKey: ["projects", "names"], enabled },
    queryFn: ({ signal }) =>
      callConsole<typeof CONSOLE_OPERATIONS.listProjects>({
        ...{ method: "GET", path: "/projects", query: {}, signal },
      }),
  });
  return new Map(data?.items.map(({ id, name }) => [id, name]));
}

function Used({ name, part, words }: { name: string; part: number; words: string }) {
  const percent = Math.min(FULL, Math.round(part * FULL));
  return (
    <div className={styles.used}>
      <span>{name}</span>
      <Progress value={percent} aria-label={name} color={percent === FULL ? "red" : "accent"} />
      <span className={styles.amount}>{words}</span>
    </div>
  );
}
