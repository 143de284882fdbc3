import { ActionIcon, Button, TextInput } from "@mantine/core";
import type { ContactPanel } from "@recado/contract/console/inbox";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useMay } from "../../../session/use-session.ts";
import { toastProblem } from "../../../ui/problem/toast-problem.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import { inboxApi } from "../state/inbox-api.ts";
import styles from "./context-panel.module.css";
import { Part } from "./part.tsx";

/** What the account keeps of a person besides name and number; read and changed in place. */
export function CustomFields(props: { contact: ContactPanel["contact"]; onChanged: () => void }) {
  const { contact, onChanged } = props;
  const say = inboxWords.useWords();
  const may = useMay();
  const [isAdding, setAdding] = useState(false);
  const fields = Object.entries(contact.custom_fields);
  const mayWrite = may("contacts.write");
  const save = (custom_fields: Record<string, string | null>) =>
    inboxApi.changeContact(contact.id, { custom_fields }).then(onChanged).catch(toastProblem);
  const add = mayWrite && (
    <ActionIcon size={22} aria-label={say("panel.addField")} onClick={() => setAdding(!isAdding)}>
      <IconPlus size={14} stroke={1.8} />
    </ActionIcon>
  );
  return (
    <Part title={say("panel.fields")} isEmpty={fields.length === 0 && !mayWrite} aside={add}>
      {fields.map(([key, value]) => (
        <p key={key} className={styles.fact}>
          <span className={styles.key}>{key}</span>
          <span className={styles.value}>{String(value)}</span>
          {mayWrite && (
            <ActionIcon
              size={18}
              className={styles.removeField}
              aria-label={say("panel.removeField", { name: key })}
              onClick={() => void save({ [key]: null })}
            >
              <IconX size={12} stroke={1.8} />
            </ActionIcon>
          )}
        </p>
      ))}
      {isAdding && (
        <form
          className={styles.addField}
          onSubmit={(event) => {
            event.preventDefault();
            const data = new FormData(event.currentTarget);
            setAdding(false);
            void save({ [String(data.get("key"))]: String(data.get("value")) });
          }}
        >
          <TextInput
            name="key"
            required
            maxLength={64}
            placeholder={say("panel.fieldName")}
            aria-label={say("panel.fieldName")}
            autoFocus
          />
          <TextInput
            name="value"
            required
            maxLength={1_000}
            placeholder={say("panel.fieldValue")}
            aria-label={say("panel.fieldValue")}
          />
          <Button type="submit" variant="default">
            {say("save")}
          </Button>
        </form>
      )}
    </Part>
  );
}
