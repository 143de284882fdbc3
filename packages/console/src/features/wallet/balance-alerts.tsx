import { ActionIcon, Button, Skeleton, TextInput } from "@mantine/core";
import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { callV1 } from "../../api/call.ts";
import { currentLanguage } from "../../i18n/language.ts";
import { useMay, useSession } from "../../session/use-session.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { readMoney } from "../../ui/format/read-money.ts";
import { MoneyField } from "../../ui/money-field.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { StatusTag } from "../../ui/status-tag.tsx";
import { walletWords } from "./i18n/wallet-words.ts";
import styles from "./wallet.module.css";

const queryKey = ["balance-alerts"];

/** Who is told when the balance falls below what. */
export function BalanceAlerts() {
  const say = walletWords.useWords();
  const may = useMay();
  const { currency } = useSession().account;
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      callV1<typeof V1_OPERATIONS.listBalanceAlerts>({
        method: "GET",
        path: "/balance-alerts",
        signal,
      }),
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      callV1<typeof V1_OPERATIONS.deleteBalanceAlert>({
        method: "DELETE",
        path: "/balance-alerts/:id",
        params: { id },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey }),
    onError: toastProblem,
  });
  if (data === undefined && error === null) return <Skeleton height={16} width="60%" radius="sm" />;
  if (data === undefined) return <ProblemNotice error={error} />;
  return (
    <>
      {data.items.length === 0 && <p className={styles.soft}>{say("alerts.none")}</p>}
      <ul>
        {data.items.map((alert) => (
          <li key={alert.id} className={styles.alert}>
            <b>{say("alerts.below", { amount: formatMoney(alert.threshold, currency) })}</b>
            <StatusTag kind={alert.state === "armed" ? "good" : "wait"}>
              {alert.fired_at === null || alert.state === "armed"
                ? say("alerts.armed")
                : say("alerts.fired", { at: formatFull(alert.fired_at) })}
            </StatusTag>
            <span className={styles.soft}>{alert.emails.join(", ")}</span>
            {may("settings.write") && (
              <ActionIcon aria-label={say("alerts.remove")} onClick={() => remove.mutate(alert.id)}>
                <IconTrash size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {may("settings.write") && <NewAlert />}
    </>
  );
}

function NewAlert() {
  const say = walletWords.useWords();
  const { currency } = useSession().account;
  const client = useQueryClient();
  const [threshold, setThreshold] = useState("");
  const [emails, setEmails] = useState("");
  const amount = readMoney(threshold);
  const add = useMutation({
    mutationFn: (threshold: string) =>
      callV1<typeof V1_OPERATIONS.createBalanceAlert>({
        method: "POST",
        path: "/balance-alerts",
        body: {
          threshold,
          language: currentLanguage(),
          emails: emails
            .split(",")
            .map((email) => email.trim())
            .filter((email) => email !== ""),
        },
      }),
    onSuccess() {
      setThreshold("");
      setEmails("");
      return client.invalidateQueries({ queryKey });
    },
  });
  return (
    <form
      className={styles.newAlert}
      onSubmit={(event) => {
        event.preventDefault();
        if (amount !== null) add.mutate(amount);
      }}
    >
      <MoneyField
        label={say("alerts.threshold")}
        required
        currency={currency}
        value={threshold}
        onText={setThreshold}
      />
      <TextInput
        label={say("alerts.emails")}
        value={emails}
        onChange={(event) => setEmails(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={add.isPending}>
        {say("alerts.add")}
      </Button>
      <ProblemNotice error={add.error} />
    </form>
  );
}
