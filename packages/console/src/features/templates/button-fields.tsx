import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { makeUuid } from "../../live/make-uuid.ts";
import type { DraftButton } from "./draft.ts";
import { templateWords } from "./i18n/template-words.ts";
import styles from "./templates.module.css";

const KINDS = ["quick_reply", "url", "phone_number", "copy_code", "otp"] as const;
/** Those that lead somewhere. */
const WITH_TARGET = new Set<DraftButton["kind"]>(["url", "phone_number"]);

/** The buttons below a template. */
export function ButtonFields(props: {
  buttons: readonly DraftButton[];
  onChange(buttons: DraftButton[]): void;
}) {
  const { buttons, onChange } = props;
  const say = templateWords.useWords();
  const add = () =>
    onChange([...buttons, { key: makeUuid(), kind: "quick_reply", text: "", target: "" }]);
  const change = (key: string, part: Partial<DraftButton>) =>
    onChange(buttons.map((each) => (each.key === key ? { ...each, ...part } : each)));
  return (
    <fieldset className={styles.fieldset}>
      <legend>{say("editor.buttons")}</legend>
      {buttons.map((button) => (
        <div key={button.key} className={styles.button}>
          <Select
            aria-label={say("editor.buttonKind")}
            allowDeselect={false}
            data={KINDS.map((value) => ({ value, label: say(`editor.kinds.${value}`) }))}
            value={button.kind}
            onChange={(value) =>
              change(button.key, { kind: KINDS.find((each) => each === value) ?? button.kind })
            }
          />
          <TextInput
            className={styles.words}
            aria-label={say("editor.buttonText")}
            placeholder={say("editor.buttonText")}
            value={button.text}
            onChange={(event) => change(button.key, { text: event.currentTarget.value })}
          />
          {WITH_TARGET.has(button.kind) && (
            <TextInput
              className={styles.target}
              aria-label={say("editor.target")}
              placeholder={say("editor.target")}
              value={button.target}
              onChange={(event) => change(button.key, { target: event.currentTarget.value })}
            />
          )}
          <ActionIcon
            className={styles.remove}
            aria-label={say("editor.removeButton")}
            onClick={() => onChange(buttons.filter(({ key }) => key !== button.key))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button variant="default" className={styles.save} onClick={add}>
        {say("editor.addButton")}
      </Button>
    </fieldset>
  );
}
