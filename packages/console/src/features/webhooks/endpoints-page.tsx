import { Button, Modal, TextInput } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { createEndpoint, type Endpoint, listEndpoints } from "./endpoint-calls.ts";
import { EndpointState } from "./endpoint-state.tsx";
import { webhookWords } from "./i18n/webhook-words.ts";
import { SecretDialog } from "./secret-dialog.tsx";
import styles from "./webhooks.module.css";

/** Every address that is told what happens. */
export function EndpointsPage() {
  const say = webhookWords.useWords();
  const [adding, setAdding] = useState(false);
  const { rows, pages } = usePages(["endpoints"], (_cursor, signal) => listEndpoints(signal));
  const columns: Column<Endpoint>[] = [
    { key: "url", head: say("column.url"), isTitle: true, cell: (row) => row.url },
    {
      key: "state",
      head: say("column.state"),
      cell: (endpoint) => <EndpointState endpoint={endpoint} />,
    },
    {
      key: "events",
      head: say("column.events"),
      cell: ({ events }) => events?.join(", ") ?? say("fiveEvents"),
    },
    { key: "failures", head: say("column.failures"), numeric: true, cell: (row) => row.failures },
  ];
  const add = <Button onClick={() => setAdding(true)}>{say("add")}</Button>;
  return (
    <Page title={say("title")} about={say("about")} actions={rows.length > 0 && add} wide>
      <DataTable
        caption={say("title")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        href={(row) => `/webhooks/${row.id}`}
        pages={pages}
        empty={
          <EmptyState icon={IconWebhook} title={say("empty")} text={say("emptyText")}>
            {add}
          </EmptyState>
        }
      />
      <AddDialog opened={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}

function AddDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const say = webhookWords.useWords();
  const client = useQueryClient();
  const [url, setUrl] = useState("https://");
  const add = useMutation({
    mutationFn: createEndpoint,
    onSuccess() {
      onClose();
      return client.invalidateQueries({ queryKey: ["endpoints"] });
    },
  });
  return (
    <>
      <Modal opened={opened} onClose={onClose} title={say("add")}>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate(url);
          }}
        >
          <TextInput
            label={say("url")}
            description={say("urlHint")}
            type="url"
            required
            data-autofocus
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <ProblemNotice error={add.error} />
          <Button type="submit" loading={add.isPending}>
            {say("add")}
          </Button>
        </form>
      </Modal>
      <SecretDialog secret={add.data?.secret ?? null} onClose={add.reset} />
    </>
  );
}
