import { IconAlertTriangle } from "@tabler/icons-react";
import { ApiProblem } from "../../api/api-problem.ts";
import { queryClient } from "../../api/query-client.ts";
import { shellWords } from "../../i18n/shell-words.ts";
import { describeProblem } from "./describe-problem.ts";
import styles from "./problem-notice.module.css";

/**
 * Why something did not succeed, beside the form that tried; nothing while `error` is null. `brief` leaves the technical part
 * out. What could not be read, and may be in a moment, can be asked for again.
 */
export function ProblemNotice({ error, brief = false }: { error: unknown; brief?: boolean }) {
  const say = shellWords.useWords();
  if (error === null || error === undefined) return null;
  const isTelling = error instanceof ApiProblem && error.status < 500 && error.code !== "not_found";
  const detail = !brief && isTelling ? error.detail : "";
  return (
    <div className={styles.notice} role="alert" data-testid="problem">
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
      <div className={styles.text}>
        <p>{describeProblem(error, say)}</p>
        {detail !== "" && (
          <p className={styles.detail} lang="en">
            {detail}
          </p>
        )}
      </div>
      {mayAskAgain(error) && (
        <button type="button" className={styles.again} onClick={askAgain} data-testid="ask-again">
          {say("shell.retry")}
        </button>
      )}
    </div>
  );
}

/** What a form sent is sent again by its own button; what was read is not. */
function mayAskAgain(error: unknown): boolean {
  if (error instanceof ApiProblem && !error.passes) return false;
  const failed = queryClient
    .getQueryCache()
    .findAll({ predicate: ({ state }) => state.error === error });
  return failed.length > 0;
}

/** Everything on the page that failed: what kept one from being read kept the others. */
function askAgain(): void {
  void queryClient.refetchQueries({
    type: "active",
    predicate: ({ state }) => state.error !== null,
  });
}
