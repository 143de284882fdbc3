import { Button, Group, Modal, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { shellWords } from "../../../i18n/shell-words.ts";
import { parseMoney } from "../../../ui/format/format-money.ts";
import { readMoney } from "../../../ui/format/read-money.ts";
import { MoneyField } from "../../../ui/money-field.tsx";
import { operatorWords } from "../i18n/operator-words.ts";
import styles from "../operators.module.css";

/** Asks for a sum a second time before it moves: the answer is yes only once the same sum has been typed. */
export function TypedSum(props: {
  title: string;
  text: string;
  /** What will be done, as a verb. */
  action: string;
  /** As `/admin` takes it. */
  amount: string;
  currency: string;
  pending: boolean;
  onYes(): void;
  onNo(): void;
  /** What went wrong. */
  children: ReactNode;
}) {
  const { title, text, action, amount, currency, pending, onYes, onNo, children } = props;
  const say = operatorWords.useWords();
  const [typed, setTyped] = useState("");
  const read = readMoney(typed);
  const isSame = read !== null && parseMoney(read) === parseMoney(amount);
  const isOther = read !== null && !isSame && typed.trim().length >= amount.length;
  return (
    <Modal opened onClose={onNo} title={title} size="sm" data-testid="typed-sum">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isSame && !pending) onYes();
        }}
      >
        <Text size="sm" c="var(--ink-2)">
          {text}
        </Text>
        <MoneyField
          label={say("resale.again")}
          currency={currency}
          value={typed}
          onText={setTyped}
          error={isOther && say("resale.other")}
          data-autofocus
          data-testid="sum-again"
        />
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onNo}>
            {shellWords.useWords()("shell.cancel")}
          </Button>
          <Button type="submit" disabled={!isSame} loading={pending} data-testid="sum-yes">
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
