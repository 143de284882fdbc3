import { Button, Checkbox, Group, Modal, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useMay } from "../../../session/use-session.ts";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { useReturnFocus } from "../../../ui/use-return-focus.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import { VIEWS } from "../rail/views.ts";
import { useDesk } from "../state/desk.ts";
import type { InboxFilter } from "../state/inbox-filter.ts";
import { useCatalogue } from "../state/use-inbox.ts";
import { type ChooseList, changeView, createView, type SavedView } from "../state/view-actions.ts";
import { formatMobile } from "../text/person-name.ts";

interface ViewDialogProps {
  filter: InboxFilter;
  /** The view that is changed; null: the list is filtered, and may be kept as a new one. */
  edited: SavedView | null;
  onChoose: ChooseList;
  onClose: () => void;
}

/** Narrows the list by everything at once, and keeps that under a name. */
export function ViewDialog({ filter, edited, onChoose, onClose }: ViewDialogProps) {
  useReturnFocus();
  const say = inboxWords.useWords();
  const desk = useDesk();
  const may = useMay();
  const [draft, setDraft] = useState<InboxFilter>(filter);
  const [name, setName] = useState(edited?.name ?? "");
  const [isShared, setShared] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [isSaving, setSaving] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setSaving(true);
    setError(null);
    try {
      const body = { name: name.trim(), filter: draft };
      const view =
        edited === null
          ? await createView(desk, { ...body, shared: isShared })
          : await changeView(desk, edited.id, body);
      onChoose(draft, view.id);
      onClose();
    } catch (problem) {
      setError(problem);
      setSaving(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={440}
      title={edited === null ? say("views.filter") : say("views.changeTitle")}
      data-testid="view-dialog"
    >
      <FilterFields filter={draft} onChange={setDraft} />
      {edited === null && (
        <Button
          fullWidth
          mt={16}
          data-testid="apply-filter"
          onClick={() => {
            onChoose(draft);
            onClose();
          }}
        >
          {say("views.apply")}
        </Button>
      )}
      <form onSubmit={(event) => void save(event)}>
        <TextInput
          mt={16}
          label={edited === null ? say("views.keepAs") : say("views.name")}
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {edited === null && may("inbox.configure") && (
          <Checkbox
            mt={10}
            label={say("views.shared")}
            checked={isShared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
        <ProblemNotice error={error} />
        <Group justify="flex-end" mt={12}>
          <Button type="submit" variant="default" loading={isSaving} data-testid="save-view">
            {say("views.keep")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

type IdField = "assignee_id" | "team_id" | "label_id" | "channel_id" | "project_id";

function FilterFields(props: { filter: InboxFilter; onChange: (filter: InboxFilter) => void }) {
  const { filter, onChange } = props;
  const say = inboxWords.useWords();
  const { people, teams, labels, channels, projects } = useCatalogue();
  // Whose they are is said by some views already.
  const hasOwner = filter.view !== "mine" && filter.view !== "queue";
  const fields: [IdField, { id: string; name: string }[]][] = [
    ["assignee_id", hasOwner ? people.filter(({ active }) => active) : []],
    ["team_id", teams],
    ["label_id", labels],
    [
      "channel_id",
      channels.map(({ id, official_number }) => ({ id, name: formatMobile(official_number) })),
    ],
    ["project_id", projects],
  ];
  const set = (field: IdField, id: string) => {
    const { [field]: _, ...rest } = filter;
    onChange(id === "" ? rest : { ...rest, [field]: id });
  };
  const chooseView = (view: InboxFilter["view"]) => {
    const { assignee_id: _, ...rest } = filter;
    onChange(view === "mine" || view === "queue" ? { ...rest, view } : { ...filter, view });
  };
  return (
    <>
      <NativeSelect
        label={say("views.view")}
        value={filter.view}
        data={VIEWS.map(({ view }) => ({ value: view, label: say(`view.${view}`) }))}
        onChange={(event) => {
          const chosen = VIEWS.find(({ view }) => view === event.currentTarget.value);
          if (chosen !== undefined) chooseView(chosen.view);
        }}
      />
      {fields
        .filter(([field, choices]) => choices.length > 1 || filter[field] !== undefined)
        .map(([field, choices]) => (
          <NativeSelect
            key={field}
            mt={10}
            label={say(`views.${field}`)}
            value={filter[field] ?? ""}
            data={[
              { value: "", label: say("views.any") },
              ...choices.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(event) => set(field, event.currentTarget.value)}
          />
        ))}
      <Checkbox
        mt={12}
        label={say("views.unread")}
        checked={filter.unread !== undefined}
        onChange={(event) => {
          const { unread: _, ...rest } = filter;
          onChange(event.currentTarget.checked ? { ...rest, unread: "true" } : rest);
        }}
      />
    </>
  );
}
