import { Button } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { createEndpoint, type Endpoint, listEndpoints } from "./endpoint-calls.ts";
import { EndpointForm } from "./endpoint-form.tsx";
import { EndpointState } from "./endpoint-state.tsx";
import { webhookWords } from "./i18n/webhook-words.ts";
import { SecretDialog } from "./secret-dialog.tsx";

/** Every address that is told what happens. */
export function EndpointsPage() {
  const say = webhookWords.useWords();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const { rows, error, more } = usePages(["endpoints"], (_cursor, signal) => listEndpoints(signal));
  const columns = useMemo(
    (): Column<Endpoint>[] => [
      { id: "url", title: say("column.url"), card: "headline", cell: (row) => row.url },
      {
        id: "state",
        title: say("column.state"),
        width: "130px",
        cell: (endpoint) => <EndpointState endpoint={endpoint} />,
      },
      {
        id: "events",
        title: say("column.events"),
        width: "240px",
        cell: ({ events }) => events?.join(", ") ?? say("fiveEvents"),
      },
      {
        id: "failures",
        title: say("column.failures"),
        align: "end",
        width: "130px",
        cell: (row) => row.failures,
      },
    ],
    [say],
  );
  const add = <Button onClick={() => setAdding(true)}>{say("add")}</Button>;
  return (
    <Page title={say("title")} about={say("about")} actions={rows?.length !== 0 && add} wide>
      <ProblemNotice error={error} />
      <DataTable
        label={say("title")}
        columns={columns}
        rows={rows}
        failed={error !== null}
        rowId={(row) => row.id}
        onOpen={({ id }) =>
          void navigate({ to: "/webhooks/$endpointId", params: { endpointId: id } })
        }
        more={more}
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
  const add = useMutation({
    mutationFn: createEndpoint,
    onSuccess() {
      onClose();
      return client.invalidateQueries({ queryKey: ["endpoints"] });
    },
  });
  return (
    <>
      {opened && (
        <EndpointForm
          title={say("add")}
          endpoint={null}
          error={add.error}
          isSaving={add.isPending}
          onSave={add.mutate}
          onClose={() => {
            add.reset();
            onClose();
          }}
        />
      )}
      <SecretDialog secret={add.data?.secret ?? null} onClose={add.reset} />
    </>
  );
}
