import type { timelineStep } from "@recado/contract/v1/messages";
import { Link } from "@tanstack/react-router";
import { useMay, useSession } from "../../session/use-session.ts";
import { sayCallError } from "../../ui/failure/say-call-error.ts";
import { sayFailure } from "../../ui/failure/say-failure.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatInstant, formatSpan } from "../../ui/format/format-span.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { messageWords } from "./i18n/message-words.ts";
import { MESSAGE_STATUSES } from "./message-filter.ts";
import styles from "./recorder.module.css";

/** A step of a message's life. */
export type Step = (typeof timelineStep)["_zod"]["output"];

/** The flight recorder: every step in its order, with the time since the one before. */
export function Recorder({ steps }: { steps: readonly Step[] }) {
  const say = messageWords.useWords();
  return (
    <ol className={styles.steps} data-testid="recorder">
      {steps.map((step, index) => {
        const before = steps[index - 1];
        // Since a time in whole seconds, milliseconds would be invented.
        const isKnown = before !== undefined && !isOfWhatsApp(before);
        const sinceMs = !isKnown ? 0 : Date.parse(step.at) - Date.parse(before.at);
        return (
          <li
            key={keyOf(step)}
            className={styles.step}
            data-type={step.type}
            data-bad={isBad(step)}
          >
            <time dateTime={step.at} title={formatFull(step.at)}>
              {formatInstant(step.at, isOfWhatsApp(step) ? 0 : 3)}
            </time>
            <span className={styles.mark} aria-hidden />
            <div>
              <StepWords step={step} />
            </div>
            <span className={styles.since}>
              {sinceMs > 0 && say("step.after", { span: formatSpan(sinceMs) })}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** WhatsApp tells its times in whole seconds: more digits would claim what nobody knows. */
function isOfWhatsApp(step: Step): boolean {
  return step.type === "event" && step.at.endsWith(".000Z");
}

function EventName({ name }: { name: string }) {
  const say = messageWords.useWords();
  // What a message that came in is told of by.
  const wanted = name === "reply" ? "received" : name;
  const status = MESSAGE_STATUSES.find((each) => each === wanted);
  if (status === undefined) return <b>{name}</b>;
  return (
    <>
      <b>{say(`status.${status}`)}</b> <code>{name}</code>
    </>
  );
}

function keyOf(step: Step): string {
  switch (step.type) {
    case "event":
      return `event ${step.seq}`;
    case "money":
      return `money ${step.kind}`;
    case "attempt":
      return `attempt ${step.number}`;
    case "webhook":
      return `webhook ${step.delivery_id} ${step.attempt}`;
  }
}

function isBad(step: Step): boolean {
  switch (step.type) {
    case "event":
      return step.name.endsWith("failed");
    case "attempt":
      return step.outcome === "refused" || step.outcome === "unknown";
    case "webhook":
      return step.error !== null || (step.http_status ?? 200) >= 300;
    case "money":
      return false;
  }
}

function StepWords({ step }: { step: Step }) {
  const say = messageWords.useWords();
  const { currency } = useSession().account;
  switch (step.type) {
    case "event":
      return (
        <>
          <EventName name={step.name} />
          <Reason code={step.code} reason={step.reason} />
        </>
      );
    case "money": {
      const kinds = ["charge", "refund", "refund-reversal"] as const;
      const kind = kinds.find((each) => each === step.kind) ?? "other";
      return (
        <>
          <b>{say(`step.money.${kind}`)}</b> <span>{formatMoney(step.amount, currency)}</span>
        </>
      );
    }
    case "attempt": {
      const outcomes = ["accepted", "refused", "unknown"] as const;
      const outcome = outcomes.find((each) => each === step.outcome);
      return (
        <>
          <b>{say("step.attempt", { number: step.number })}</b>{" "}
          <span>{outcome ? say(`step.outcome.${outcome}`) : say("step.underWay")}</span>
          <Took from={step.at} to={step.finished_at} />
          <Reason code={step.code} reason={step.reason} />
        </>
      );
    }
    case "webhook":
      return (
        <>
          <DeliveryLink step={step} />{" "}
          <span>
            {step.error !== null
              ? sayCallError(step.error)
              : step.http_status === null
                ? say("step.underWay")
                : say("step.webhookOk", { status: step.http_status })}
          </span>
          <Took from={step.at} to={step.finished_at} />
        </>
      );
  }
}

/** To what was sent and answered: several addresses may be told the same. */
function DeliveryLink({ step }: { step: Extract<Step, { type: "webhook" }> }) {
  const say = messageWords.useWords();
  const may = useMay();
  const name = say("step.webhook", { event: step.event, attempt: step.attempt });
  if (!may("webhooks.write")) return <b>{name}</b>;
  const params = { endpointId: step.endpoint_id, deliveryId: step.delivery_id };
  return (
    <Link
      to="/webhooks/$endpointId/entregas/$deliveryId"
      params={params}
      className={styles.delivery}
    >
      {name}
    </Link>
  );
}

function Took({ from, to }: { from: string; to: string | null }) {
  if (to === null) return null;
  return <span className={styles.took}>{formatSpan(Date.parse(to) - Date.parse(from))}</span>;
}

function Reason({ code, reason }: { code: string | null; reason: string | null }) {
  if (code === null && reason === null) return null;
  return (
    <p className={styles.reason}>
      {sayFailure({ code, reason })} {code !== null && <code>{code}</code>}
    </p>
  );
}
