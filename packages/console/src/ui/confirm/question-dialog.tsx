import { Button, Group, Modal, Text } from "@mantine/core";
import { shellWords } from "../../i18n/shell-words.ts";
import { useReturnFocus } from "../use-return-focus.ts";
import { questionStore } from "./confirm.ts";

/** The question of `confirm`, with its two answers. */
export function QuestionDialog() {
  useReturnFocus();
  const say = shellWords.useWords();
  const asked = questionStore.use();
  if (asked === null) return null;
  const { question, answer } = asked;
  return (
    <Modal
      opened
      onClose={() => answer(false)}
      title={question.title}
      size="sm"
      data-testid="confirm"
    >
      <Text size="sm" c="var(--ink-2)">
        {question.text}
      </Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={() => answer(false)}>
          {say("shell.cancel")}
        </Button>
        <Button
          {...(question.dangerous === true ? { color: "red" } : {})}
          onClick={() => answer(true)}
          data-autofocus
          data-testid="confirm-yes"
        >
          {question.action}
        </Button>
      </Group>
    </Modal>
  );
}
