import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMay } from "../../session/use-session.ts";
import { formatCountry } from "../../ui/format/format-country.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { templateWords } from "./i18n/template-words.ts";
import { decideCategory, type Template } from "./template-calls.ts";
import styles from "./templates.module.css";

const STANDINGS = {
  draft: "mute",
  pending: "mute",
  rejected: "bad",
  paused: "wait",
  disabled: "bad",
} as const;
/** Those that Meta documents (fact sheet §5.2). */
const REASONS = [
  ...(["ABUSIVE_CONTENT", "INVALID_FORMAT", "PROMOTIONAL"] as const),
  ...(["SCAM", "TAG_CONTENT_MISMATCH", "INCORRECT_CATEGORY"] as const),
] as const;

/** What somebody should know, or decide, before anything else. */
export function Notices({ template }: { template: Template }) {
  const say = templateWords.useWords();
  const { status } = template;
  return (
    <>
      {status !== "approved" && <StandingNotice template={template} />}
      {template.guard !== null && <GuardNotice id={template.id} guard={template.guard} />}
      {template.edit !== null && status !== "draft" && (
        <p className={styles.notice}>{say("one.edited")}</p>
      )}
    </>
  );
}

/** What its state means, why it came to it, and what to do. */
function StandingNotice({ template }: { template: Template }) {
  const say = templateWords.useWords();
  const { status, rejected_reason: reason } = template;
  if (status === "approved") return null;
  const known = REASONS.find((each) => each === reason);
  return (
    <div className={styles.notice} data-standing={STANDINGS[status]}>
      <p>{say(`standing.${status}`)}</p>
      {known !== undefined ? (
        <p>
          {say(`reason.${known}`)} <code>{known}</code>
        </p>
      ) : (
        reason !== null && <p>{say("one.why", { reason })}</p>
      )}
    </div>
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
              country: formatCountry(country),
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
