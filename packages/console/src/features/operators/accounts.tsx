import { Button, TextInput } from "@mantine/core";
import { IconBuilding } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { formatDay } from "../../ui/format/format-time.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { StatusTag } from "../../ui/status-tag.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { operatorWords } from "./i18n/operator-words.ts";
import { type Account, createAccount, listAccounts } from "./operator-calls.ts";
import styles from "./operators.module.css";
import { useAccountNames } from "./use-account-names.ts";

/** Every account that the caller runs. */
export function Accounts() {
  const say = operatorWords.useWords();
  const navigate = useNavigate();
  const { rows, error, more } = usePages(["accounts"], listAccounts);
  const names = useAccountNames();
  const hasResellers = rows?.some(({ parentId }) => parentId !== null) ?? false;
  const columns = useMemo(
    (): Column<Account>[] => [
      { id: "name", title: say("accounts.name"), card: "headline", cell: ({ name }) => name },
      {
        id: "state",
        title: say("accounts.state"),
        cell: ({ state }) => (
          <StatusTag kind={state === "active" ? "good" : "mute"}>
            {say(`accounts.${state}`)}
          </StatusTag>
        ),
      },
      { id: "currency", title: say("accounts.currency"), cell: ({ currency }) => currency },
      ...(hasResellers
        ? [
            {
              id: "parent",
              title: say("accounts.parent"),
              cell: ({ parentId }: Account) =>
                parentId === null ? "" : (names.get(parentId) ?? parentId),
            },
          ]
        : []),
      {
        id: "created",
        title: say("accounts.created"),
        align: "end",
        cell: ({ createdAt }) => formatDay(createdAt),
      },
    ],
    [say, names, hasResellers],
  );
  return (
    <>
      <NewAccount />
      <ProblemNotice error={rows === undefined ? error : null} />
      <DataTable
        label={say("accounts.title")}
        columns={columns}
        rows={error !== null && rows === undefined ? [] : rows}
        rowId={({ id }) => id}
        onOpen={({ id }) =>
          void navigate({ to: "/operador/cuentas/$accountId", params: { accountId: id } })
        }
        more={more}
        empty={error === null && <EmptyState icon={IconBuilding} title={say("accounts.empty")} />}
      />
    </>
  );
}

function NewAccount() {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const add = useMutation({
    mutationFn: () => createAccount({ name: name.trim() }),
    onSuccess(made) {
      setName("");
      showToast({ kind: "done", text: say("accounts.made", { name: made.name }) });
      return client.invalidateQueries({ queryKey: ["accounts"] });
    },
  });
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") add.mutate();
      }}
    >
      <TextInput
        aria-label={say("accounts.addName")}
        placeholder={say("accounts.addName")}
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={add.isPending}>
        {say("accounts.add")}
      </Button>
      <ProblemNotice error={add.error} />
    </form>
  );
}
