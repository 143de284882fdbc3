import { Button, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { templateWords } from "./i18n/template-words.ts";
import { deleteTemplate, submitTemplate } from "./template-calls.ts";
import styles from "./templates.module.css";

/** Sends it to WhatsApp's review. When the linter objects, its words are shown and one may insist on warnings. */
export function SubmitButton({ id }: { id: number }) {
  const say = templateWords.useWords();
  const client = useQueryClient();
  const submit = useMutation({
    mutationFn: (force: boolean) => submitTemplate(id, force),
    onSuccess: () => showToast({ kind: "done", text: say("one.submitted") }),
    onSettled: () => client.invalidateQueries({ queryKey: ["templates"] }),
  });
  return (
    <>
      <Button loading={submit.isPending} onClick={() => submit.mutate(false)}>
        {say("one.submit")}
      </Button>
      <Modal opened={submit.isError} onClose={submit.reset} title={say("one.submit")}>
        <div className={styles.form}>
          <ProblemNotice error={submit.error} />
          <Button variant="default" onClick={() => submit.mutate(true)}>
            {say("one.force")}
          </Button>
        </div>
      </Modal>
    </>
  );
}

/** Deletes it here and at WhatsApp, after a question. */
export function RemoveButton({ id }: { id: number }) {
  const say = templateWords.useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => deleteTemplate(id),
    async onSuccess() {
      showToast({ kind: "done", text: say("one.removed") });
      await navigate({ to: "/plantillas" });
      await client.invalidateQueries({ queryKey: ["templates"] });
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {say("one.remove")}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={say("one.remove")}>
        <div className={styles.form}>
          <p>{say("one.removeSure")}</p>
          <ProblemNotice error={remove.error} />
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {say("one.remove")}
          </Button>
        </div>
      </Modal>
    </>
  );
}
