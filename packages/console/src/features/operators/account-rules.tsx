import { Button, NumberInput, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatNumber } from "../../ui/format/format-number.ts";
import { numberSigns } from "../../ui/format/number-signs.ts";
import { readMoney } from "../../ui/format/read-money.ts";
import { MoneyField } from "../../ui/money-field.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { showToast } from "../../ui/toast/toast.ts";
import { operatorWords } from "./i18n/operator-words.ts";
import {
  type Account,
  type Cap,
  changeAccount,
  getCaps,
  listPriceBooks,
  setCap,
} from "./operator-calls.ts";
import styles from "./operators.module.css";

/** Which price book the account pays by. */
export function BookChoice({ account }: { account: Account }) {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const { rows, error } = usePages(["price-books"], listPriceBooks);
  const choose = useMutation({
    mutationFn: (priceBookId: string) => changeAccount(account.id, { priceBookId }),
    onSuccess() {
      showToast({ kind: "done", text: say("account.saved") });
      return client.invalidateQueries({ queryKey: ["accounts"] });
    },
    onError: toastProblem,
  });
  const books = (rows ?? []).filter(({ currency }) => currency === account.currency);
  return (
    <>
      <ProblemNotice error={error} />
      <Select
        label={say("account.book")}
        placeholder={say("account.noBook")}
        maw={360}
        allowDeselect={false}
        disabled={choose.isPending}
        data={books.map(({ id, name }) => ({ value: id, label: name }))}
        value={account.priceBookId}
        onChange={(id) => {
          if (id !== null && id !== account.priceBookId) choose.mutate(id);
        }}
      />
    </>
  );
}

/** The operator's own cap of the whole account, above what its people allow themselves. */
export function CapForm({ account }: { account: Account }) {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const queryKey = ["accounts", account.id, "caps"];
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => getCaps(account.id, signal),
  });
  const [messages, setMessages] = useState<number | string>("");
  const [amount, setAmount] = useState("");
  const read = readMoney(amount);
  const set = useMutation({
    mutationFn: () =>
      setCap(account.id, {
        messagesMax: messages === "" ? null : Number(messages),
        amountMax: read,
      }),
    onSuccess(caps) {
      setMessages("");
      setAmount("");
      client.setQueryData(queryKey, caps);
      showToast({ kind: "done", text: say("account.saved") });
    },
  });
  const cap = data?.items.find(({ scope }) => scope === "account");
  const empty = messages === "" && amount.trim() === "";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate();
      }}
    >
      <p className={styles.label}>{say("account.cap")}</p>
      <p className={styles.soft} data-testid="account-cap">
        {cap === undefined ? say("account.noCap") : describeCap(say, cap, account.currency)}
      </p>
      <div className={styles.grid}>
        <NumberInput
          label={say("account.capMessagesField")}
          min={0}
          max={1_000_000_000}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          {...numberSigns()}
          value={messages}
          onChange={setMessages}
        />
        <MoneyField
          label={say("account.capAmountField")}
          currency={account.currency}
          value={amount}
          onText={setAmount}
        />
        <Button
          type="submit"
          variant="default"
          loading={set.isPending}
          disabled={(empty && cap === undefined) || (amount.trim() !== "" && read === null)}
        >
          {say(empty && cap !== undefined ? "account.removeCap" : "account.setCap")}
        </Button>
      </div>
      <ProblemNotice error={error ?? set.error} />
    </form>
  );
}

function describeCap(
  say: ReturnType<typeof operatorWords.useWords>,
  cap: Cap,
  currency: string,
): string {
  const { messagesMax, amountMax } = cap;
  const messages = { used: formatNumber(cap.messagesUsed), max: formatNumber(messagesMax ?? 0) };
  const used = formatMoney(cap.amountUsed, currency);
  return [
    ...(messagesMax === null ? [] : [say("account.capMessages", messages)]),
    ...(amountMax === null
      ? []
      : [say("account.capAmount", { used, max: formatMoney(amountMax, currency) })]),
  ].join(" · ");
}
