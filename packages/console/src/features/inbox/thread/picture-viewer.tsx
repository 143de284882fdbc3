import { Button, Modal } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useReturnFocus } from "../../../ui/use-return-focus.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import styles from "./picture-viewer.module.css";

/** A picture as large as the window lets it be. */
export function PictureViewer(props: { url: string; name: string; onClose: () => void }) {
  useReturnFocus();
  const { url, name, onClose } = props;
  const say = inboxWords.useWords();
  return (
    <Modal opened onClose={onClose} title={name} size="auto">
      <img className={styles.picture} src={url} alt={name} />
      <Button
        component="a"
        href={url}
        download={name}
        variant="default"
        leftSection={<IconDownload size={16} stroke={1.7} />}
      >
        {say("file.save", { name: "" })}
      </Button>
    </Modal>
  );
}
