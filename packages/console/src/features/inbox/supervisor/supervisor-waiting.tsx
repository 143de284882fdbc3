import { Skeleton, Table } from "@mantine/core";
import { inboxWords } from "../i18n/inbox-words.ts";
import { FigureList } from "./figure-list.tsx";
import { SCROLL_BY_KEYS } from "./scroll-by-keys.ts";
import styles from "./supervisor-page.module.css";
import { TableHeads } from "./table-heads.tsx";

/** What is told of each agent, in the order of the table's columns. */
export const AGENT_HEADS = [
  ...(["agent", "state", "load", "waiting"] as const),
  ...(["answered", "resolved", "first"] as const),
];
const FIGURES = ["waiting", "oldest", "queue", "open", "snoozed", "breaches"] as const;
const ROWS = [0, 1, 2, 3];

/** The page before its figures: each has its name and its place already. */
export function SupervisorWaiting() {
  const say = inboxWords.useWords();
  return (
    <div className={styles.parts} aria-busy="true">
      <FigureList figures={FIGURES.map((name) => ({ name: say(`supervisor.${name}`) }))} />
      <section>
        <h2 className={styles.title}>{say("supervisor.breaches")}</h2>
        <Skeleton width="min(100%, 320px)" height={10} my={6} radius="sm" />
      </section>
      <section>
        <h2 className={styles.title}>{say("supervisor.agents")}</h2>
        <Table.ScrollContainer minWidth={640} scrollAreaProps={SCROLL_BY_KEYS}>
          <Table className={styles.table}>
            <TableHeads names={AGENT_HEADS.map((head) => say(`supervisor.${head}`))} />
            <Table.Tbody>
              {ROWS.map((row) => (
                <Table.Tr key={row}>
                  {AGENT_HEADS.map((head, at) => (
                    <Table.Td key={head}>
                      <Skeleton width={at === 0 ? "70%" : "40%"} height={10} my={7} radius="sm" />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </section>
    </div>
  );
}
