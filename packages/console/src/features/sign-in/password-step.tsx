import { Button, PasswordInput, TextInput } from "@mantine/core";
import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { useMutation } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { callConsole } from "../../api/call.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import styles from "./door-frame.module.css";
import { enterSession } from "./enter-session.ts";
import { signInWords } from "./i18n/sign-in-words.ts";
import { tellWrong } from "./tell-wrong.ts";

type SignIn = typeof CONSOLE_OPERATIONS.signIn;

/** The first proof: login or e-mail, and the password. */
export function PasswordStep() {
  const say = signInWords.useWords();
  const { usuario = "" } = useSearch({ from: "/entrar" });
  const [login, setLogin] = useState(usuario);
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    mutationFn: () =>
      callConsole<SignIn>({
        method: "POST",
        path: "/sign-in",
        body: { login: login.trim(), password },
      }),
    onSuccess: enterSession,
    onError: () => setPassword(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (login.trim() !== "" && password !== "") signIn.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <div>
        <h1 className={styles.title}>{say("title")}</h1>
        <p className={styles.about}>{say("about")}</p>
      </div>
      <TextInput
        label={say("login")}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={usuario === ""}
        maxLength={254}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
        data-testid="login"
      />
      <PasswordInput
        label={say("password")}
        name="password"
        autoComplete="current-password"
        autoFocus={usuario !== ""}
        maxLength={512}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": say("showPassword") }}
        data-testid="password"
      />
      <ProblemNotice error={tellWrong(signIn.error, say("wrong"))} brief />
      <Button type="submit" loading={signIn.isPending} fullWidth data-testid="enter">
        {say("enter")}
      </Button>
      <Link to="/olvido" className={styles.other} data-testid="forgot">
        {say("forgot")}
      </Link>
    </form>
  );
}
