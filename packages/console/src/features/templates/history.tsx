import { Button } from "@mantine/core";
import { usePages } from "../../api/use-pages.ts";
import { shellWords } from "../../i18n/shell-words.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { templateWords } from "./i18n/template-words.ts";
import { listChanges } from "./template-calls.ts";
import styles from "./templates.module.css";

const STATUSES = ["draft", "approved", "pending", "rejected", "paused", "disabled"] as const;
const CATEGORIES = ["marketing", "utility", "authentication"] as const;
const QUALITIES = ["green", "yellow", "red", "unknown"] as const;

/** Everything that happened to a template, newest first. */
export function History({ id }: { id: number }) {
  const say = templateWords.useWords();
  const sayShell = shellWords.useWords();
  const { rows, error, more } = usePages(["templates", id, "changes"], (cursor, signal) =>
    listChanges(id, cursor, signal),
  );
  const wordOf = (word: string) => {
    const status = STATUSES.find((each) => each === word);
    if (status !== undefined) return say(`status.${status}`);
    const category = CATEGORIES.find((each) => each === word);
    if (category !== undefined) return say(`category.${category}`);
    const quality = QUALITIES.find((each) => each === word);
    return quality === undefined ? word : say(`quality.${quality}`);
  };
  if (rows?.length === 0) return <p className={styles.soft}>{say("one.none")}</p>;
  return (
    <>
      <ProblemNotice error={error} />
      <ol>
        {rows?.map((change) => (
          <li key={change.id} className={styles.change}>
            <time dateTime={change.at}>{formatFull(change.at)}</time>
            <span>
              <b>{say(`change.${change.kind}`)}</b>{" "}
              {[change.from, change.to].flatMap((word) => (word ? [wordOf(word)] : [])).join(" → ")}
              {change.reason !== null && <small> {change.reason}</small>}
              {!change.applied && <small> ({say("one.late")})</small>}
            </span>
          </li>
        ))}
      </ol>
      {more !== undefined && (
        <Button variant="default" loading={more.loading} onClick={more.load}>
          {sayShell("table.more")}
        </Button>
      )}
    </>
  );
}
