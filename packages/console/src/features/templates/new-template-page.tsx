import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Page } from "../../ui/page.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { contentOf, type Draft, newDraft } from "./draft.ts";
import { Editor } from "./editor.tsx";
import { templateWords } from "./i18n/template-words.ts";
import { createTemplate } from "./template-calls.ts";

/** Writes a new template; it is a draft until it is submitted. */
export function NewTemplatePage() {
  const say = templateWords.useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: (draft: Draft) =>
      createTemplate({ name: draft.name, language: draft.language, ...contentOf(draft) }),
    async onSuccess({ id }) {
      showToast({ kind: "done", text: say("editor.saved") });
      await client.invalidateQueries({ queryKey: ["templates"] });
      await navigate({ to: "/plantillas/$templateId", params: { templateId: String(id) } });
    },
  });
  return (
    <Page title={say("editor.new")} back={{ to: "/plantillas", label: say("title") }} wide>
      <Editor
        first={newDraft()}
        isNew
        error={create.error}
        isSaving={create.isPending}
        onSave={create.mutate}
      />
    </Page>
  );
}
