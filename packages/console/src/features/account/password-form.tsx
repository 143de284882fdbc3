import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { PasswordHint, passwordLengthMin } from "../../ui/password-hint.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import styles from "./account-page.module.css";
import { accountWords } from "./i18n/account-words.ts";
import { changePassword, sessionsKey } from "./own-calls.ts";

/** The current password, and the one that takes its place. */
export function PasswordForm() {
  const say = accountWords.useWords();
  const client = useQueryClient();
  const [current, setCurrent] = useState("");
  const [wanted, setWanted] = useState("");
  const change = useMutation({
    mutationFn: () => changePassword({ current_password: current, new_password: wanted }),
    onSuccess: () => {
      setCurrent("");
      setWanted("");
      showToast({ kind: "done", text: say("changed") });
      return client.invalidateQueries({ queryKey: sessionsKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <PasswordInput
        label={say("current")}
        autoComplete="current-password"
        maxLength={512}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        data-testid="current-password"
      />
      <PasswordInput
        label={say("new")}
        autoComplete="new-password"
        maxLength={512}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        data-testid="new-password"
      />
      {wanted !== "" && <PasswordHint password={wanted} />}
      <ProblemNotice error={change.error} brief />
      <Button
        type="submit"
        variant="default"
        loading={change.isPending}
        disabled={current === "" || wanted.length < passwordLengthMin}
        data-testid="change-password"
      >
        {say("change")}
      </Button>
    </form>
  );
}
