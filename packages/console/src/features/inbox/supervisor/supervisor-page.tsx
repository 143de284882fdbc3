import { Table } from "@mantine/core";
import type { Overview } from "@recado/contract/console/work";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { currentLanguage } from "../../../i18n/language.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { Page } from "../../../ui/page.tsx";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { inboxApi } from "../state/inbox-api.ts";
import { useNow } from "../state/use-now.ts";
import { formatHour, formatSpan } from "../text/format-moment.ts";
import { FigureList } from "./figure-list.tsx";
import { SCROLL_BY_KEYS } from "./scroll-by-keys.ts";
import styles from "./supervisor-page.module.css";
import { AGENT_HEADS, SupervisorWaiting } from "./supervisor-waiting.tsx";
import { TableHeads } from "./table-heads.tsx";

const TEAM_HEADS = ["team", "open", "queue", "waiting", "oldest"] as const;
const REFRESH_MS = 5_000;

/** The work as it stands this moment, for whoever answers for it. */
export function SupervisorPage() {
  const say = inboxWords.useWords();
  const { data, error } = useQuery({
    queryKey: ["inbox-overview"],
    queryFn: inboxApi.overview,
    refetchInterval: REFRESH_MS,
  });
  return (
    <Page
      title={say("supervisor.title")}
      about={say("supervisor.about")}
      wide
      back={{ to: "/", label: say("supervisor.inbox") }}
    >
      <ProblemNotice error={error} />
      {data === undefined && error === null && <SupervisorWaiting />}
      {data !== undefined && (
        <div className={styles.parts} data-testid="supervisor">
          <Figures overview={data} />
          <Breaches overview={data} />
          <Agents overview={data} />
          {data.teams.length > 0 && <Teams overview={data} />}
        </div>
      )}
    </Page>
  );
}

function Figures({ overview }: { overview: Overview }) {
  const say = inboxWords.useWords();
  const nowMs = useNow();
  const { waiting, oldest_waiting_at, unassigned, open, snoozed, breaches } = overview;
  const oldest =
    oldest_waiting_at === null ? "–" : formatSpan(nowMs - Date.parse(oldest_waiting_at));
  const overdue = breaches.first_answer + breaches.next_answer;
  const figures = [
    { name: say("supervisor.waiting"), value: waiting },
    { name: say("supervisor.oldest"), value: oldest },
    { name: say("supervisor.queue"), value: unassigned },
    { name: say("supervisor.open"), value: open },
    { name: say("supervisor.snoozed"), value: snoozed },
    { name: say("supervisor.breaches"), value: overdue, isBad: overdue > 0 },
  ];
  return <FigureList figures={figures} />;
}

function Breaches({ overview }: { overview: Overview }) {
  const say = inboxWords.useWords();
  const nowMs = useNow();
  const names = new Map(overview.agents.map(({ user_id, name }) => [user_id, name]));
  const { items } = overview.breaches;
  return (
    <section>
      <h2 className={styles.title}>{say("supervisor.breaches")}</h2>
      {items.length === 0 && <p className={styles.quiet}>{say("supervisor.noBreaches")}</p>}
      {items.length > 0 && (
        <Table.ScrollContainer minWidth={480} scrollAreaProps={SCROLL_BY_KEYS}>
          <Table className={styles.table}>
            <Table.Tbody>
              {items.map(({ conversation_id, kind, waiting_since, due_at, assignee_id }) => (
                <Table.Tr key={conversation_id}>
                  <Table.Td>
                    {say(
                      kind === "first_answer" ? "supervisor.firstAnswer" : "supervisor.nextAnswer",
                    )}
                  </Table.Td>
                  <Table.Td>{names.get(assignee_id ?? "") ?? say("supervisor.nobody")}</Table.Td>
                  <Table.Td className={styles.late}>
                    {formatSpan(nowMs - Date.parse(waiting_since))}
                  </Table.Td>
                  <Table.Td>
                    {say("supervisor.due")} {formatHour(due_at, currentLanguage())}
                  </Table.Td>
                  <Table.Td>
                    <Link
                      to="/"
                      search={{ view: "open", c: conversation_id }}
                      className={styles.link}
                    >
                      {say("supervisor.see")}
                    </Link>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}

function Agents({ overview }: { overview: Overview }) {
  const say = inboxWords.useWords();
  const shown = overview.agents.filter(({ role, open }) => role !== "read-only" || open > 0);
  return (
    <section>
      <h2 className={styles.title}>{say("supervisor.agents")}</h2>
      <Table.ScrollContainer minWidth={640} scrollAreaProps={SCROLL_BY_KEYS}>
        <Table className={styles.table} data-testid="agents">
          <TableHeads names={AGENT_HEADS.map((head) => say(`supervisor.${head}`))} />
          <Table.Tbody>
            {shown.map((agent) => (
              <Table.Tr key={agent.user_id}>
                <Table.Td>
                  <span className={styles.who}>
                    <Avatar name={agent.name} id={agent.user_id} size={24} />
                    {agent.name}
                  </span>
                </Table.Td>
                <Table.Td>
                  <span className={styles.state} data-state={agent.state}>
                    {agent.state === "offline"
                      ? say("supervisor.offline")
                      : say(agent.state === "available" ? "assign.here" : "assign.away")}
                  </span>
                </Table.Td>
                <Table.Td>
                  {agent.capacity === 0 ? agent.open : `${agent.open}/${agent.capacity}`}
                </Table.Td>
                <Table.Td>{agent.waiting}</Table.Td>
                <Table.Td>{agent.answered_today}</Table.Td>
                <Table.Td>{agent.resolved_today}</Table.Td>
                <Table.Td>
                  {agent.first_answer_avg_s === null
                    ? "–"
                    : formatSpan(agent.first_answer_avg_s * 1_000)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function Teams({ overview }: { overview: Overview }) {
  const say = inboxWords.useWords();
  const nowMs = useNow();
  return (
    <section>
      <h2 className={styles.title}>{say("supervisor.teams")}</h2>
      <Table.ScrollContainer minWidth={480} scrollAreaProps={SCROLL_BY_KEYS}>
        <Table className={styles.table}>
          <TableHeads names={TEAM_HEADS.map((head) => say(`supervisor.${head}`))} />
          <Table.Tbody>
            {overview.teams.map(
              ({ team_id, name, open, unassigned, waiting, oldest_waiting_at }) => (
                <Table.Tr key={team_id}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td>{open}</Table.Td>
                  <Table.Td>{unassigned}</Table.Td>
                  <Table.Td>{waiting}</Table.Td>
                  <Table.Td>
                    {oldest_waiting_at === null
                      ? "–"
                      : formatSpan(nowMs - Date.parse(oldest_waiting_at))}
                  </Table.Td>
                </Table.Tr>
              ),
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
