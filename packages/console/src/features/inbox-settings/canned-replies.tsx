import { ActionIcon, Button, Checkbox, Textarea, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useMay } from "../../session/use-session.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { FormattedText } from "../../ui/text/formatted-text.tsx";
import { confirmRemoval } from "./confirm-removal.ts";
import { inboxSettingsWords } from "./i18n/inbox-settings-words.ts";
import styles from "./inbox-settings.module.css";
import { type CannedReply, createCannedReply, deleteCannedReply } from "./inbox-settings-calls.ts";
import { useCatalogueChange } from "./use-catalogue-change.ts";

/** Texts at hand by their shortcut: everybody's, and mine. */
export function CannedReplies({ replies }: { replies: readonly CannedReply[] }) {
  const say = inboxSettingsWords.useWords();
  const may = useMay();
  const remove = useCatalogueChange(deleteCannedReply);
  return (
    <>
      {replies.length === 0 && <p className={styles.soft}>{say("canned.none")}</p>}
      <ul>
        {replies.map(({ id, shortcut, text, owner_id: owner }) => (
          <li key={id} className={styles.item}>
            <code>/{shortcut}</code>
            <div className={styles.text}>
              <FormattedText text={text} />{" "}
              {owner !== null && <small>({say("canned.mine")})</small>}
            </div>
            {(owner !== null || may("inbox.configure")) && (
              <ActionIcon
                aria-label={say("remove", { name: shortcut })}
                onClick={async () => {
                  if (await confirmRemoval(say, "canned", `/${shortcut}`)) remove.mutate(id);
                }}
              >
                <IconTrash size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <ProblemNotice error={remove.error} />
      <NewReply maySayForAll={may("inbox.configure")} />
    </>
  );
}

function NewReply({ maySayForAll }: { maySayForAll: boolean }) {
  const say = inboxSettingsWords.useWords();
  const [shortcut, setShortcut] = useState("");
  const [text, setText] = useState("");
  const [personal, setPersonal] = useState(true);
  const add = useCatalogueChange(async () => {
    await createCannedReply({ shortcut, text, personal: personal || !maySayForAll });
    setShortcut("");
    setText("");
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(undefined);
      }}
    >
      <TextInput
        label={say("canned.shortcut")}
        required
        leftSection="/"
        value={shortcut}
        onChange={(event) =>
          setShortcut(event.currentTarget.value.replace(/[^\p{L}\p{N}_-]/gu, ""))
        }
      />
      <Textarea
        label={say("canned.text")}
        required
        autosize
        minRows={2}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {maySayForAll && (
        <Checkbox
          label={say("canned.personal")}
          checked={personal}
          onChange={(event) => setPersonal(event.currentTarget.checked)}
        />
      )}
      <ProblemNotice error={add.error} />
      <Button type="submit" variant="default" className={styles.button} loading={add.isPending}>
        {say("add")}
      </Button>
    </form>
  );
}
