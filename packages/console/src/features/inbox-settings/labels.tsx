import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { LabelDot } from "../../ui/label-chip.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { confirmRemoval } from "./confirm-removal.ts";
import { inboxSettingsWords } from "./i18n/inbox-settings-words.ts";
import styles from "./inbox-settings.module.css";
import { createLabel, deleteLabel, type Label } from "./inbox-settings-calls.ts";
import { useCatalogueChange } from "./use-catalogue-change.ts";

const COLORS = [
  ...(["gray", "red", "orange", "yellow", "green"] as const),
  ...(["teal", "blue", "violet", "pink"] as const),
];

/** What conversations are sorted by. */
export function Labels({ labels }: { labels: readonly Label[] }) {
  const say = inboxSettingsWords.useWords();
  const remove = useCatalogueChange(deleteLabel);
  const [name, setName] = useState("");
  const [color, setColor] = useState<Label["color"]>("blue");
  const add = useCatalogueChange(async () => {
    await createLabel({ name, color });
    setName("");
  });
  return (
    <>
      {labels.length === 0 && <p className={styles.soft}>{say("labels.none")}</p>}
      <ul>
        {labels.map((label) => (
          <li key={label.id} className={styles.item}>
            <LabelDot color={label.color} />
            <span className={styles.text}>{label.name}</span>
            <small>{say(`labels.colors.${label.color}`)}</small>
            <ActionIcon
              aria-label={say("remove", { name: label.name })}
              onClick={async () => {
                if (await confirmRemoval(say, "labels", label.name)) remove.mutate(label.id);
              }}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(undefined);
        }}
      >
        <TextInput
          aria-label={say("labels.name")}
          placeholder={say("labels.name")}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          aria-label={say("labels.color")}
          allowDeselect={false}
          data={COLORS.map((each) => ({ value: each, label: say(`labels.colors.${each}`) }))}
          value={color}
          onChange={(value) => setColor(COLORS.find((each) => each === value) ?? color)}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {say("add")}
        </Button>
      </form>
      <ProblemNotice error={add.error ?? remove.error} />
    </>
  );
}
