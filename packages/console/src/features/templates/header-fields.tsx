import { FileInput, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import type { DraftFieldProps } from "./draft.ts";
import { templateWords } from "./i18n/template-words.ts";
import { uploadSample } from "./template-calls.ts";

const FORMATS = ["none", "text", "image", "video", "document"] as const;
/** What WhatsApp takes in a header of that kind. */
const ACCEPTED = {
  image: "image/jpeg,image/png",
  video: "video/mp4",
  document: "application/pdf",
} as const;

/** What stands above the body: nothing, a text, or a file, of which WhatsApp's reviewers want to see one. */
export function HeaderFields({ draft, change }: DraftFieldProps) {
  const say = templateWords.useWords();
  const formats = draft.header === "location" ? (["location", ...FORMATS] as const) : FORMATS;
  return (
    <>
      <Select
        label={say("editor.header")}
        allowDeselect={false}
        data={formats.map((value) => ({ value, label: say(`editor.headers.${value}`) }))}
        value={draft.header}
        onChange={(value) => {
          const header = formats.find((each) => each === value) ?? draft.header;
          // A sample of the other kind would be refused.
          if (header !== draft.header) change({ header, sampleMediaId: undefined });
        }}
      />
      {draft.header === "text" && (
        <TextInput
          label={say("editor.headerText")}
          value={draft.headerText}
          onChange={(event) => change({ headerText: event.currentTarget.value })}
        />
      )}
      {draft.header in ACCEPTED && (
        <SampleField
          key={draft.header}
          accept={ACCEPTED[draft.header as keyof typeof ACCEPTED]}
          has={typeof draft.sampleMediaId === "string"}
          onUploaded={(sampleMediaId) => change({ sampleMediaId })}
        />
      )}
    </>
  );
}

function SampleField(props: { accept: string; has: boolean; onUploaded(id: string): void }) {
  const { accept, has, onUploaded } = props;
  const say = templateWords.useWords();
  const upload = useMutation({
    mutationFn: (file: File) => uploadSample(file),
    onSuccess: ({ id }) => onUploaded(id),
  });
  return (
    <>
      <FileInput
        label={say("editor.sample")}
        description={say(has ? "editor.sampleThere" : "editor.sampleHint")}
        placeholder={say("editor.samplePick")}
        accept={accept}
        disabled={upload.isPending}
        onChange={(file) => {
          if (file !== null) upload.mutate(file);
        }}
      />
      <ProblemNotice error={upload.error} />
    </>
  );
}
