import { Button, TextInput } from "@mantine/core";
import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { callConsole } from "../../api/call.ts";
import { sessionQuery } from "../../session/session-query.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import styles from "./door-frame.module.css";
import { DoorFrame } from "./door-frame.tsx";
import { signInWords } from "./i18n/sign-in-words.ts";

type AskForPassword = typeof CONSOLE_OPERATIONS.askForPassword;

/** For who forgot a password: by e-mail where the server sends any, else whom to ask. */
export function ForgotPage() {
  const { data, error } = useQuery(sessionQuery);
  if (data === undefined) {
    return (
      <DoorFrame>
        <ProblemNotice error={error} brief />
      </DoorFrame>
    );
  }
  return <DoorFrame>{data.sends_mail ? <ByMail /> : <ByAdministrator />}</DoorFrame>;
}

function ByMail() {
  const say = signInWords.useWords();
  const [login, setLogin] = useState("");
  const ask = useMutation({
    mutationFn: () =>
      callConsole<AskForPassword>({
        method: "POST",
        path: "/password-resets",
        body: { login: login.trim() },
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (login.trim() !== "") ask.mutate();
  };
  if (ask.isSuccess) {
    return (
      <Said title={say("sentTitle")}>
        <p className={styles.about} role="status" data-testid="reset-asked">
          {say("sentAbout", { login: login.trim() })}
        </p>
        <p className={styles.about}>{say("sentNothing")}</p>
      </Said>
    );
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <div>
        <h1 className={styles.title}>{say("forgotTitle")}</h1>
        <p className={styles.about}>{say("forgotAbout")}</p>
      </div>
      <TextInput
        label={say("login")}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        maxLength={254}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
        data-testid="forgotten-login"
      />
      <ProblemNotice error={ask.error} brief />
      <Button
        type="submit"
        loading={ask.isPending}
        disabled={login.trim() === ""}
        fullWidth
        data-testid="ask-for-link"
      >
        {say("askForLink")}
      </Button>
      <BackToDoor />
    </form>
  );
}

function ByAdministrator() {
  const say = signInWords.useWords();
  return (
    <Said title={say("forgotTitle")}>
      <p className={styles.about} data-testid="no-mail">
        {say("noMail")}
      </p>
      <p className={styles.about}>{say("noMailHow")}</p>
    </Said>
  );
}

function Said({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.form}>
      <div>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
      <BackToDoor />
    </div>
  );
}

function BackToDoor() {
  const say = signInWords.useWords();
  return (
    <Link to="/entrar" search={{}} className={styles.other} data-testid="back-to-door">
      {say("backToDoor")}
    </Link>
  );
}
