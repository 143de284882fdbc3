import { Button } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { ApiProblem, type ProblemCode } from "../../../api/api-problem.ts";
import { currentLanguage } from "../../../i18n/language.ts";
import { shellWords } from "../../../i18n/shell-words.ts";
import { describeProblem } from "../../../ui/problem/describe-problem.ts";
import { FormattedText } from "../../../ui/text/formatted-text.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import type { OutgoingMessage } from "../state/desk.ts";
import { formatHour } from "../text/format-moment.ts";
import styles from "./bubble.module.css";
import noteStyles from "./failure-note.module.css";
import own from "./outgoing-bubble.module.css";
import { Ticks } from "./ticks.tsx";

interface OutgoingBubbleProps {
  outgoing: OutgoingMessage;
  isFirst: boolean;
  /** Puts a refused message's words back into the composer and throws it away here. */
  onEdit: (outgoing: OutgoingMessage) => void;
  onDiscard: (key: string) => void;
}

/** A message that the server's thread does not show yet: paler, and saying what is known of it. */
export function OutgoingBubble({ outgoing, isFirst, onEdit, onDiscard }: OutgoingBubbleProps) {
  const say = inboxWords.useWords();
  const { state, body } = outgoing;
  const text =
    body.text ??
    (body.reaction?.emoji || say(body.template === undefined ? "thread.file" : "kind.template"));
  return (
    <article
      className={styles.line}
      data-direction="out"
      data-first={isFirst}
      data-failed={state === "refused"}
      data-testid="outgoing"
      data-state={state}
      aria-label={say("thread.fromUs")}
    >
      <div className={styles.stack}>
        <div className={styles.row}>
          <div className={`${styles.bubble} ${state === "refused" ? "" : own.pale}`}>
            <FormattedText text={text} />
            <span className={styles.meta}>
              {state === "refused" ? say("outbox.notSent") : say("outbox.sending")}
              <time>{formatHour(outgoing.at, currentLanguage())}</time>
              {state !== "refused" && <Ticks status="accepted" />}
            </span>
          </div>
        </div>
        {state === "unsure" && <p className={styles.unknown}>{say("outbox.unsure")}</p>}
        {state === "refused" && <Refusal {...{ outgoing, onEdit, onDiscard }} />}
      </div>
    </article>
  );
}

function Refusal({ outgoing, onEdit, onDiscard }: Omit<OutgoingBubbleProps, "isFirst">) {
  const say = inboxWords.useWords();
  const sayShell = shellWords.useWords();
  const { refusal, key } = outgoing;
  const problem = new ApiProblem((refusal?.code ?? "internal") as ProblemCode);
  return (
    <div className={noteStyles.note} role="alert" data-testid="refusal">
      <p className={noteStyles.reason}>
        <IconAlertCircle size={14} stroke={1.8} aria-hidden />
        {describeProblem(problem, sayShell)}
      </p>
      {refusal !== null && refusal.detail !== "" && <p lang="en">{refusal.detail}</p>}
      <p className={noteStyles.foot}>
        {outgoing.body.text !== undefined && (
          <Button size="compact-xs" variant="default" onClick={() => onEdit(outgoing)}>
            {say("outbox.edit")}
          </Button>
        )}
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onDiscard(key)}>
          {say("outbox.discard")}
        </Button>
      </p>
    </div>
  );
}
