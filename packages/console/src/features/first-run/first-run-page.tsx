import { Button } from "@mantine/core";
import { IconCheck, IconRocket } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import styles from "./first-run.module.css";
import { firstRunWords } from "./i18n/first-run-words.ts";
import { type Step, useSteps } from "./use-steps.ts";

/** What is still to be done before the account works, with the next step in sight. */
export function FirstRunPage() {
  const say = firstRunWords.useWords();
  const steps = useSteps();
  const next = steps.find(({ done, isOptional }) => done === false && !isOptional);
  const isKnown = steps.every(({ done }) => done !== null);
  return (
    <Page title={say("title")} about={say("about")}>
      <ol className={styles.steps} data-testid="steps">
        {steps.map((step, index) => (
          <StepLine key={step.id} step={step} number={index + 1} isNext={step === next} />
        ))}
      </ol>
      {isKnown && next === undefined && (
        <EmptyState icon={IconRocket} title={say("allDone")} text={say("allDoneText")}>
          <Button component={Link} to="/">
            {say("inbox")}
          </Button>
        </EmptyState>
      )}
    </Page>
  );
}

function StepLine({ step, number, isNext }: { step: Step; number: number; isNext: boolean }) {
  const say = firstRunWords.useWords();
  const { id, done, to } = step;
  const isDone = typeof done === "string";
  return (
    <li className={styles.step} data-done={isDone} data-next={isNext}>
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
        <p className={styles.text}>{isDone ? done : say(`${id}.text`)}</p>
      </div>
      {!isDone && (
        <Button component={Link} to={to} variant={isNext ? "filled" : "default"}>
          {say(`${id}.act`)}
        </Button>
      )}
    </li>
  );
}
