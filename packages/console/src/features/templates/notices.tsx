import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMay } from "../../session/use-session.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { templateWords } from "./i18n/template-words.ts";
import { decideCategory, type Template } from "./template-calls.ts";
import styles from "./templates.module.css";

/** What somebody should know, or decide, before anything else. */
export function Notices({ template }: { template: Template }) {
  const say = templateWords.useWords();
  const { rejected_reason: reason, status } = template;
  return (
    <>
      {status === "rejected" && reason !== null && (
        <p className={styles.notice} data-standing="bad">
          {say("one.why", { reason })}
        </p>
      )}
      {template.guard !== null && <GuardNotice id={template.id} guard={template.guard} />}
      {template.edit !== null && status !== "draft" && (
        <p className={styles.notice}>{say("one.edited")}</p>
      )}
    </>
  );
}

interface GuardProps {
  id: number;
  guard: NonNullable<Template["guard"]>;
}

/** WhatsApp moved it to a dearer category: both prices, and the decision. */
function GuardNotice({ id, guard }: GuardProps) {
  const say = templateWords.useWords();
  const may = useMay();
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: (decision: "accept" | "reject") => decideCategory(id, decision),
    onSuccess: () => client.invalidateQueries({ queryKey: ["templates"] }),
    onError: toastProblem,
  });
  const names = {
    before: say(`category.${guard.before}`),
    now: say(`category.${guard.now}`),
  };
  return (
    <div className={styles.notice} data-standing="wait" role="alert">
      <p>{guard.state === "rejected" ? say("one.guardStopped") : say("one.guard", names)}</p>
      <ul>
        {guard.prices.map(({ country, before, now }) => (
          <li key={country}>
            {say("one.guardPrices", {
              country,
              before: formatMoney(before, guard.currency),
              now: formatMoney(now, guard.currency),
            })}
          </li>
        ))}
      </ul>
      {may("templates.write") && (
        <div className={styles.actions}>
          <Button onClick={() => decide.mutate("accept")} loading={decide.isPending}>
            {say("one.accept")}
          </Button>
          {guard.state === "waiting" && (
            <Button variant="default" onClick={() => decide.mutate("reject")}>
              {say("one.reject")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
