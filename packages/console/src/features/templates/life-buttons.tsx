import { Button, Modal } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiProblem } from "../../api/api-problem.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { contentOf, draftOf } from "./draft.ts";
import { Findings } from "./findings.tsx";
import { templateWords } from "./i18n/template-words.ts";
import { deleteTemplate, lintTemplate, submitTemplate, type Template } from "./template-calls.ts";
import styles from "./templates.module.css";

/** Sends it to WhatsApp's review. When the linter stops it, its words are shown, and one may insist where they are only warnings. */
export function SubmitButton({ template }: { template: Template }) {
  const say = templateWords.useWords();
  const client = useQueryClient();
  const submit = useMutation({
    mutationFn: (force: boolean) => submitTemplate(template.id, force),
    onSuccess: () => showToast({ kind: "done", text: say("one.submitted") }),
    onSettled: () => client.invalidateQueries({ queryKey: ["templates"] }),
  });
  const { error } = submit;
  return (
    <>
      <Button loading={submit.isPending} onClick={() => submit.mutate(false)}>
        {say("one.submit")}
      </Button>
      <Modal opened={submit.isError} onClose={submit.reset} title={say("one.submit")}>
        <div className={styles.form}>
          {error instanceof ApiProblem && error.code === "template_invalid" ? (
            <Objections template={template} error={error} onForce={() => submit.mutate(true)} />
          ) : (
            <ProblemNotice error={error} />
          )}
        </div>
      </Modal>
    </>
  );
}

function Objections(props: { template: Template; error: ApiProblem; onForce(): void }) {
  const { template, error, onForce } = props;
  const say = templateWords.useWords();
  const draft = draftOf(template);
  const { name, language } = draft;
  const { data, isError } = useQuery({
    queryKey: ["template-lint", draft],
    queryFn: ({ signal }) => lintTemplate({ name, language, ...contentOf(draft) }, signal),
    gcTime: 0,
  });
  if (isError) return <ProblemNotice error={error} />;
  if (data === undefined) return null;
  const stopping = data.findings.filter(({ severity }) => severity !== "hint");
  return (
    <>
      <Findings findings={stopping} />
      {stopping.every(({ severity }) => severity === "warning") && (
        <Button variant="default" onClick={onForce}>
          {say("one.force")}
        </Button>
      )}
    </>
  );
}

/** Deletes it here and at WhatsApp, after a question. */
export function RemoveButton({ template: { id, status } }: { template: Template }) {
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
          <p>{say(status === "draft" ? "one.removeDraft" : "one.removeSure")}</p>
          <ProblemNotice error={remove.error} />
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {say("one.remove")}
          </Button>
        </div>
      </Modal>
    </>
  );
}
