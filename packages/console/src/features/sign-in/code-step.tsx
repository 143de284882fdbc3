import { Button, TextInput } from "@mantine/core";
import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { callConsole } from "../../api/call.ts";
import { leaveSession } from "../../session/leave-session.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import styles from "./door-frame.module.css";
import { enterSession } from "./enter-session.ts";
import { signInWords } from "./i18n/sign-in-words.ts";
import { tellWrong } from "./tell-wrong.ts";

type GiveCode = typeof CONSOLE_OPERATIONS.giveCode;
const DIGITS = 6;

/** The second proof: the six digits of the app, or one of the codes that were kept for the day when it is lost. */
export function CodeStep() {
  const say = signInWords.useWords();
  const [recovering, setRecovering] = useState(false);
  const [code, setCode] = useState("");
  const give = useMutation({
    mutationFn: (value: string) =>
      callConsole<GiveCode>({
        method: "POST",
        path: "/sign-in/code",
        body: { one_time_code: value },
      }),
    onSuccess: enterSession,
    onError: () => setCode(""),
  });
  const type = (value: string) => {
    setCode(value);
    // Six digits are all there is to type: no button needed.
    if (!recovering && value.replace(/\D/gu, "").length === DIGITS && !give.isPending) {
      give.mutate(value);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    give.mutate(code);
  };
  const change = () => {
    setRecovering(!recovering);
    setCode("");
    give.reset();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <div>
        <h1 className={styles.title}>{say("codeTitle")}</h1>
        <p className={styles.about}>{say(recovering ? "recoveryAbout" : "codeAbout")}</p>
      </div>
      <TextInput
        key={String(recovering)}
        className={styles.code ?? ""}
        label={say(recovering ? "recoveryCode" : "code")}
        autoComplete="one-time-code"
        inputMode={recovering ? "text" : "numeric"}
        autoFocus
        spellCheck={false}
        maxLength={recovering ? 40 : 9}
        value={code}
        onChange={(event) => type(event.currentTarget.value)}
        data-words={recovering}
        data-testid="code"
      />
      <ProblemNotice error={tellWrong(give.error, say("wrongCode"))} brief />
      <Button
        type="submit"
        loading={give.isPending}
        disabled={code.length < DIGITS}
        fullWidth
        data-testid="give-code"
      >
        {say("continue")}
      </Button>
      <div className={styles.others}>
        <button type="button" className={styles.other} onClick={change} data-testid="other-code">
          {say(recovering ? "useCode" : "useRecovery")}
        </button>
        <button type="button" className={styles.other} onClick={() => void leaveSession()}>
          {say("otherPerson")}
        </button>
      </div>
    </form>
  );
}
