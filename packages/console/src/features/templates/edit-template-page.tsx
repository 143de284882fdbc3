import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { contentOf, type Draft, draftOf } from "./draft.ts";
import { Editor } from "./editor.tsx";
import { templateWords } from "./i18n/template-words.ts";
import { changeTemplate, getTemplate } from "./template-calls.ts";

/** Writes a new version of a template; what WhatsApp has stays in use until the new one is approved. */
export function EditTemplatePage() {
  const { templateId } = useParams({ from: "/shell/plantillas/$templateId/editar" });
  const id = Number(templateId);
  const say = templateWords.useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data, error } = useQuery({
    queryKey: ["templates", id],
    queryFn: ({ signal }) => getTemplate(id, signal),
  });
  const change = useMutation({
    mutationFn: (draft: Draft) => changeTemplate(id, contentOf(draft)),
    async onSuccess() {
      showToast({ kind: "done", text: say("editor.saved") });
      await client.invalidateQueries({ queryKey: ["templates"] });
      await navigate({ to: "/plantillas/$templateId", params: { templateId } });
    },
  });
  const back = {
    to: "/plantillas/$templateId",
    params: { templateId },
    label: data?.name ?? say("title"),
  } as const;
  if (data === undefined) {
    return (
      <Page title={say("one.title")} back={back}>
        <ProblemNotice error={error} />
      </Page>
    );
  }
  return (
    <Page title={say("editor.change", { name: data.name })} back={back} wide>
      <Editor
        first={draftOf(data)}
        isNew={false}
        error={change.error}
        isSaving={change.isPending}
        onSave={change.mutate}
      />
    </Page>
  );
}
