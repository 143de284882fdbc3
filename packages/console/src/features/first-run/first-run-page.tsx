import { Button } from "@mantine/core";
import { IconCheck, IconRocket } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Permission } from "../../session/session.ts";
import { useMay } from "../../session/use-session.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import styles from "./first-run.module.css";
import { firstRunWords } from "./i18n/first-run-words.ts";
import { judgeSteps, type Step } from "./judge-steps.ts";
import { OperatorHelp } from "./operator-help.tsx";
import { useFacts } from "./use-facts.ts";

/** Where a step is taken, and who may; null: by whoever runs the platform. */
const PLACES = {
  number: null,
  balance: null,
  template: { to: "/plantillas/nueva", needs: "templates.write" },
  message: { to: "/probar", needs: "messages.send" },
  token: { to: "/tokens", needs: "tokens.write" },
  webhook: { to: "/webhooks", needs: "webhooks.write" },
  people: { to: "/personas", needs: "people.write" },
} as const satisfies Record<Step["id"], { to: string; needs: Permission } | null>;

/** What is still to be done before the account works, with the next step in sight. */
export function FirstRunPage() {
  const say = firstRunWords.useWords();
  const may = useMay();
  const facts = useFacts();
  const steps = judgeSteps(facts, say).filter(({ id }) => id !== "people" || may("people.write"));
  const next = steps.find(({ done, isOptional }) => done === false && !isOptional);
  const isKnown = steps.every(({ done }) => done !== null);
  return (
    <Page title={say("title")} about={say("about")}>
      <ProblemNotice error={facts.error} />
      <ol className={styles.steps} data-testid="steps">
        {steps.map((step, index) => (
          <StepLine key={step.id} step={step} number={index + 1} isNext={step === next} />
        ))}
      </ol>
      {isKnown && next === undefined && (
        // In a box of its own: the page above it keeps its measure.
        <div>
          <EmptyState icon={IconRocket} title={say("allDone")} text={say("allDoneText")}>
            <Button component={Link} to="/">
              {say("inbox")}
            </Button>
          </EmptyState>
        </div>
      )}
      <p className={styles.more}>
        {say("more")}{" "}
        <a href="/v1/reference" target="_blank" rel="noopener">
          {say("reference")}
        </a>
      </p>
    </Page>
  );
}

function StepLine({ step, number, isNext }: { step: Step; number: number; isNext: boolean }) {
  const say = firstRunWords.useWords();
  const may = useMay();
  const { id, done, state } = step;
  const isDone = typeof done === "string";
  const place = PLACES[id];
  const isNew = state === undefined && id !== "number";
  const to = state !== undefined && id === "template" ? "/plantillas" : place?.to;
  return (
    <li className={styles.step} data-done={isDone} data-next={isNext} data-testid={`step-${id}`}>
      <span className={styles.mark} aria-hidden>
        {isDone ? <IconCheck size={15} stroke={2.4} /> : number}
      </span>
      <div>
        <h2 className={styles.title}>
          {say(`${id}.title`)}
          {(isDone || isNext) && (
            <span className="visually-hidden">: {say(isDone ? "done" : "next")}</span>
          )}
        </h2>
        <p className={styles.text}>{isDone ? done : (state ?? say(`${id}.text`))}</p>
        {done === false && place === null && (id === "number" || id === "balance") && (
          <OperatorHelp id={id} isOpen={isNext} />
        )}
      </div>
      {done === false && place !== null && may(place.needs) && (
        <Button component={Link} to={to} variant={isNext ? "filled" : "default"}>
          {say(isNew ? `${id}.act` : "look")}
        </Button>
      )}
    </li>
  );
}
