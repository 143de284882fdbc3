import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { formatMoney } from "../../ui/format/format-money.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { Balance } from "./balance.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { type Account, topUp } from "./operator-calls.ts";
import styles from "./operators.module.css";
import { EMPTY_TRANSFER, readTransfer, TransferFields } from "./transfer-fields.tsx";

/** The balance, and a top-up whose reference makes it safe to repeat. */
export function TopUp({ account }: { account: Account }) {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const [typed, setTyped] = useState(EMPTY_TRANSFER);
  const read = readTransfer(typed);
  const add = useMutation({
    mutationFn: (given: NonNullable<typeof read>) => topUp(account.id, given),
    onSuccess({ repeated, balance, currency }) {
      const text = repeated
        ? say("account.repeated")
        : say("account.toppedUp", { balance: formatMoney(balance, currency) });
      showToast({ kind: repeated ? "info" : "done", text });
      setTyped(EMPTY_TRANSFER);
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
          if (read !== null) add.mutate(read);
        }}
      >
        <TransferFields currency={account.currency} typed={typed} onTyped={setTyped} />
        <Button type="submit" loading={add.isPending} disabled={read === null}>
          {say("account.topup")}
        </Button>
      </form>
      <ProblemNotice error={add.error} />
    </>
  );
}
