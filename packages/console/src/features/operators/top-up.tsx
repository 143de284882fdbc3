import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { formatMoney } from "../../ui/format/format-money.ts";
import { readMoney } from "../../ui/format/read-money.ts";
import { MoneyField } from "../../ui/money-field.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { Balance } from "./balance.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { type Account, topUp } from "./operator-calls.ts";
import styles from "./operators.module.css";

/** The balance, and a top-up whose reference makes it safe to repeat. */
export function TopUp({ account }: { account: Account }) {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const [amount, setAmount] = useState("");
  const [reference, setReference] = useState("");
  const [note, setNote] = useState("");
  const read = readMoney(amount);
  const add = useMutation({
    mutationFn: (given: string) =>
      topUp(account.id, {
        ...{ amount: given, reference: reference.trim() },
        ...(note.trim() === "" ? {} : { note: note.trim() }),
      }),
    onSuccess({ repeated, balance, currency }) {
      const text = repeated
        ? say("account.repeated")
        : say("account.toppedUp", { balance: formatMoney(balance, currency) });
      showToast({ kind: repeated ? "info" : "done", text });
      setAmount("");
      setReference("");
      setNote("");
      return client.invalidateQueries({ queryKey: ["accounts", account.id] });
    },
  });
  return (
    <>
      <Balance account={account} />
      <form
        className={styles.grid}
        onSubmit={(event) => {
          event.preventDefault();
          if (read !== null && reference.trim() !== "") add.mutate(read);
        }}
      >
        <MoneyField
          label={say("account.amount")}
          currency={account.currency}
          required
          value={amount}
          onText={setAmount}
        />
        <TextInput
          label={say("account.reference")}
          description={say("account.referenceHint")}
          inputWrapperOrder={["label", "input", "description"]}
          required
          maxLength={200}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <TextInput
          label={say("account.note")}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button
          type="submit"
          loading={add.isPending}
          disabled={read === null || reference.trim() === ""}
        >
          {say("account.topup")}
        </Button>
      </form>
      <ProblemNotice error={add.error} />
    </>
  );
}
