import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { showToast } from "../../ui/toast/toast.ts";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import styles from "./account-page.module.css";
import { accountWords } from "./i18n/account-words.ts";

/** The codes that stand in for the app, shown this once. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose(): void }) {
  useReturnFocus();
  const say = accountWords.useWords();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(codes.join("\n"));
      showToast({ kind: "done", text: say("copied") });
    } catch {
      // Plain http on another machine has no clipboard: a click on the codes selects them all.
    }
  };
  return (
    <Modal opened onClose={onClose} title={say("codesTitle")} closeOnClickOutside={false}>
      <Stack gap="sm">
        <Text size="sm" c="var(--ink-2)">
          {say("codesAbout")}
        </Text>
        <ul className={styles.codes} data-testid="recovery-codes">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => void copy()}>
            {say("copyAll")}
          </Button>
          <Button onClick={onClose} data-testid="codes-kept">
            {say("kept")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
