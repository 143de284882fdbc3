import { Button, Modal } from "@mantine/core";
import { CopyField } from "../../ui/copy-field.tsx";
import { formatFull } from "../../ui/format/format-time.ts";
import { webhookWords } from "./i18n/webhook-words.ts";
import styles from "./webhooks.module.css";

/** A secret that is shown this once. It closes by its button alone: a stray press beside it would lose the secret. */
export function SecretDialog(props: {
  secret: string | null;
  previousUntil?: string | null;
  onClose(): void;
}) {
  const { secret, previousUntil = null, onClose } = props;
  const say = webhookWords.useWords();
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title={say("secret.title")}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <div className={styles.form}>
        <p>{say("secret.text")}</p>
        <CopyField value={secret ?? ""} label={say("secret.title")} testId="made-secret" />
        {previousUntil !== null && (
          <p className={styles.soft}>{say("secret.until", { until: formatFull(previousUntil) })}</p>
        )}
        <Button onClick={onClose}>{say("secret.done")}</Button>
      </div>
    </Modal>
  );
}
