import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { foldText } from "../../ui/text/fold-text.ts";
import { ButtonFields } from "./button-fields.tsx";
import { contentOf, type Draft, type DraftFieldProps, listVariables, showDraft } from "./draft.ts";
import { Findings } from "./findings.tsx";
import { HeaderFields } from "./header-fields.tsx";
import { templateWords } from "./i18n/template-words.ts";
import { TelephonePreview } from "./telephone-preview.tsx";
import { lintTemplate } from "./template-calls.ts";
import styles from "./templates.module.css";
import { useUnsavedGuard } from "./use-unsaved-guard.ts";

const TYPING_MS = 400;
const CATEGORIES = ["utility", "marketing", "authentication"] as const;
const LANGUAGES = ["es", "es_CO", "es_MX", "es_AR", "es_ES", "en", "en_US", "pt_BR"] as const;

/** Writes a template, with the telephone and WhatsApp's objections beside it. Name and language are fixed once it exists. */
export function Editor(props: {
  first: Draft;
  isNew: boolean;
  error: unknown;
  isSaving: boolean;
  onSave(draft: Draft): void;
}) {
  const { first, isNew, error, isSaving, onSave } = props;
  const say = templateWords.useWords();
  const [draft, setDraft] = useState(first);
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  useUnsavedGuard(draft !== first && !isSaving);
  return (
    <div className={styles.columns}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSave(draft);
        }}
      >
        <NameFields draft={draft} change={change} isNew={isNew} />
        <ContentFields draft={draft} change={change} />
        <ButtonFields buttons={draft.buttons} onChange={(buttons) => change({ buttons })} />
        <ExampleFields draft={draft} change={change} />
        <ProblemNotice error={error} />
        <Button type="submit" loading={isSaving} className={styles.save}>
          {say("editor.save")}
        </Button>
      </form>
      <aside className={styles.side}>
        <h2 className={styles.heading}>{say("editor.preview")}</h2>
        <TelephonePreview shown={showDraft(draft)} label={say("editor.preview")} />
        <Lint draft={draft} />
      </aside>
    </div>
  );
}

function NameFields({ draft, change, isNew }: DraftFieldProps & { isNew: boolean }) {
  const say = templateWords.useWords();
  return (
    <>
      <TextInput
        label={say("editor.name")}
        description={say("editor.nameHint")}
        required
        disabled={!isNew}
        value={draft.name}
        onChange={(event) => {
          const name = foldText(event.currentTarget.value).replace(/[^a-z0-9_]/gu, "_");
          change({ name });
        }}
      />
      <div className={styles.pair}>
        <Select
          label={say("editor.language")}
          allowDeselect={false}
          disabled={!isNew}
          data={[...new Set([draft.language, ...LANGUAGES])]}
          value={draft.language}
          onChange={(value) => change({ language: value ?? draft.language })}
        />
        <Select
          label={say("editor.category")}
          allowDeselect={false}
          data={CATEGORIES.map((value) => ({ value, label: say(`category.${value}`) }))}
          value={draft.category}
          onChange={(value) =>
            change({ category: CATEGORIES.find((each) => each === value) ?? draft.category })
          }
        />
      </div>
    </>
  );
}

function ContentFields({ draft, change }: DraftFieldProps) {
  const say = templateWords.useWords();
  return (
    <>
      <HeaderFields draft={draft} change={change} />
      <Textarea
        label={say("editor.body")}
        description={say("editor.bodyHint", { 1: "{{1}}", 2: "{{2}}" })}
        required
        autosize
        minRows={4}
        value={draft.body}
        onChange={(event) => change({ body: event.currentTarget.value })}
      />
      <TextInput
        label={say("editor.footer")}
        value={draft.footer}
        onChange={(event) => change({ footer: event.currentTarget.value })}
      />
    </>
  );
}

function ExampleFields({ draft, change }: DraftFieldProps) {
  const say = templateWords.useWords();
  const names = listVariables(draft);
  if (names.length === 0) return null;
  return (
    <fieldset className={styles.fieldset}>
      <legend>{say("editor.examples")}</legend>
      <p className={styles.soft}>{say("editor.examplesHint")}</p>
      {names.map((name) => (
        <TextInput
          key={name}
          label={say("editor.example", { name: `{{${name}}}` })}
          value={draft.examples[name] ?? ""}
          onChange={(event) =>
            change({ examples: { ...draft.examples, [name]: event.currentTarget.value } })
          }
        />
      ))}
    </fieldset>
  );
}

/** Asks the linter whenever the reader stops typing. */
function Lint({ draft }: { draft: Draft }) {
  const [settled] = useDebouncedValue(draft, TYPING_MS);
  const { name, language } = settled;
  const isReady = name !== "" && settled.body !== "";
  const { data, error } = useQuery({
    queryKey: ["template-lint", settled],
    queryFn: ({ signal }) => lintTemplate({ name, language, ...contentOf(settled) }, signal),
    enabled: isReady,
    placeholderData: (before) => before,
    gcTime: 0,
  });
  if (!isReady) return null;
  return (
    <>
      <ProblemNotice error={error} />
      {data !== undefined && <Findings findings={data.findings} />}
    </>
  );
}
