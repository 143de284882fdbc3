import { IconAlertTriangle } from "@tabler/icons-react";
import { ApiProblem } from "../../api/api-problem.ts";
import { shellWords } from "../../i18n/shell-words.ts";
import { describeProblem } from "./describe-problem.ts";
import styles from "./problem-notice.module.css";

/** Why something did not succeed, beside the form that tried; nothing while `error` is null. `brief` leaves the technical part out. */
export function ProblemNotice({ error, brief = false }: { error: unknown; brief?: boolean }) {
  const say = shellWords.useWords();
  if (error === null || error === undefined) return null;
  const isTelling = error instanceof ApiProblem && error.status < 500 && error.code !== "not_found";
  const detail = !brief && isTelling ? error.detail : "";
  return (
    <div className={styles.notice} role="alert" data-testid="problem">
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
      <div>
        <p>{describeProblem(error, say)}</p>
        {detail !== "" && (
          <p className={styles.detail} lang="en">
            {detail}
          </p>
        )}
      </div>
    </div>
  );
}
