import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { queryClient } from "../../api/query-client.ts";
import { sessionQuery } from "../../session/session-query.ts";
import { useSession } from "../../session/use-session.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import styles from "./account-page.module.css";
import { accountWords } from "./i18n/account-words.ts";
import { changeName } from "./own-calls.ts";

/** How one is called. */
export function NameForm() {
  const say = accountWords.useWords();
  const { person } = useSession();
  const [name, setName] = useState(person.name);
  const save = useMutation({
    mutationFn: () => changeName({ name: name.trim() }),
    onSuccess: (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      showToast({ kind: "done", text: say("saved") });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const changed = name.trim() !== "" && name.trim() !== person.name;
  return (
    <form onSubmit={submit} className={styles.form}>
      <TextInput
        label={say("name")}
        value={name}
        maxLength={200}
        autoComplete="name"
        onChange={(event) => setName(event.currentTarget.value)}
        data-testid="my-name"
      />
      <ProblemNotice error={save.error} />
      <Button
        type="submit"
        variant="default"
        loading={save.isPending}
        disabled={!changed}
        data-testid="save-name"
      >
        {say("save")}
      </Button>
    </form>
  );
}
