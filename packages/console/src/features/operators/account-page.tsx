import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { confirm } from "../../ui/confirm/confirm.ts";
import { Facts } from "../../ui/facts.tsx";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { Page, PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { StatusTag } from "../../ui/status-tag.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { operatorWords } from "./i18n/operator-words.ts";
import { type Account, changeState, getAccount, getBalance, topUp } from "./operator-calls.ts";
import styles from "./operators.module.css";

/** One account: its balance, a top-up, and whether it may send. */
export function AccountPage() {
  const { accountId } = useParams({ from: "/shell/operador/cuentas/$accountId" });
  const say = operatorWords.useWords();
  const { data: account, error } = useQuery({
    queryKey: ["accounts", accountId],
    queryFn: ({ signal }) => getAccount(accountId, signal),
  });
  const back = { to: "/operador", label: say("accounts.title") } as const;
  if (account === undefined) {
    return (
      <Page title={say("accounts.title")} back={back}>
        <ProblemNotice error={error} />
      </Page>
    );
  }
  return (
    <Page
      title={account.name}
      back={back}
      tools={
        <StatusTag kind={account.state === "active" ? "good" : "mute"}>
          {say(`accounts.${account.state}`)}
        </StatusTag>
      }
      actions={<StateButton account={account} />}
    >
      <PageSection title={say("account.topup")} about={say("account.topupAbout")}>
        <TopUp account={account} />
      </PageSection>
      <PageSection title={say("account.facts")}>
        <Facts
          facts={[
            [say("accounts.currency"), account.currency],
            [say("account.countries"), account.countries.join(", ")],
            [say("account.zone"), account.timeZone],
            [
              say("account.book"),
              account.priceBookId && <code key="book">{account.priceBookId}</code>,
            ],
            [say("accounts.created"), formatFull(account.createdAt)],
            [say("account.id"), <code key="id">{account.id}</code>],
          ]}
        />
      </PageSection>
    </Page>
  );
}

function StateButton({ account }: { account: Account }) {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const isActive = account.state === "active";
  const turn = useMutation({
    mutationFn: () => changeState(account.id, isActive ? "disabled" : "active"),
    onSuccess: () => client.invalidateQueries({ queryKey: ["accounts"] }),
    onError: toastProblem,
  });
  const ask = async () => {
    const action = say(isActive ? "account.disable" : "account.enable");
    const question = { title: action, text: say("account.disableSure"), action, dangerous: true };
    if (!isActive || (await confirm(question))) turn.mutate();
  };
  return (
    <Button variant="default" loading={turn.isPending} onClick={() => void ask()}>
      {say(isActive ? "account.disable" : "account.enable")}
    </Button>
  );
}

function TopUp({ account }: { account: Account }) {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const [amount, setAmount] = useState("");
  const [reference, setReference] = useState("");
  const queryKey = ["accounts", account.id, "balance"];
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => getBalance(account.id, signal),
  });
  const add = useMutation({
    mutationFn: () => topUp(account.id, { amount, reference }),
    onSuccess({ repeated, balance, currency }) {
      const text = repeated
        ? say("account.repeated")
        : say("account.toppedUp", { balance: formatMoney(balance, currency) });
      showToast({ kind: repeated ? "info" : "done", text });
      setAmount("");
      setReference("");
      return client.invalidateQueries({ queryKey });
    },
  });
  return (
    <>
      <p className={styles.balance}>
        {say("account.balance")}:{" "}
        <b data-testid="balance">{data && formatMoney(data.balance, data.currency)}</b>
      </p>
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <TextInput
          label={say("account.amount")}
          inputMode="decimal"
          required
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value.replace(",", "."))}
        />
        <TextInput
          label={say("account.reference")}
          required
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <Button type="submit" loading={add.isPending}>
          {say("account.topup")}
        </Button>
      </form>
      <ProblemNotice error={error ?? add.error} />
    </>
  );
}
