import { Button } from "@mantine/core";
import { IconTemplate } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { usePages } from "../../api/use-pages.ts";
import { useMay } from "../../session/use-session.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { showToast } from "../../ui/toast/toast.ts";
import { templateWords } from "./i18n/template-words.ts";
import { listTemplates, syncTemplates, type Template } from "./template-calls.ts";
import { TemplateStatus } from "./template-status.tsx";

const REFETCH_MS = 10_000;

/** Every template of the account with how it stands. */
export function TemplatesPage() {
  const say = templateWords.useWords();
  const { rows, pages } = usePages(["templates", "all"], listTemplates, { refetchMs: REFETCH_MS });
  const actions = <Actions />;
  return (
    <Page title={say("title")} about={say("about")} actions={rows.length > 0 && actions} wide>
      <DataTable
        caption={say("title")}
        columns={useColumns()}
        rows={rows}
        rowKey={(row) => String(row.id)}
        href={(row) => `/plantillas/${row.id}`}
        pages={pages}
        empty={
          <EmptyState icon={IconTemplate} title={say("empty")} text={say("emptyText")}>
            {actions}
          </EmptyState>
        }
      />
    </Page>
  );
}

function Actions() {
  const say = templateWords.useWords();
  const may = useMay();
  const client = useQueryClient();
  const sync = useMutation({
    mutationFn: syncTemplates,
    onSuccess({ inserted, updated, disabled }) {
      const counts = {
        inserted: inserted.length,
        updated: updated.length,
        disabled: disabled.length,
      };
      showToast({ kind: "done", text: say("synced", counts) });
      return client.invalidateQueries({ queryKey: ["templates"] });
    },
    onError: toastProblem,
  });
  if (!may("templates.write")) return null;
  return (
    <>
      <Button variant="default" loading={sync.isPending} onClick={() => sync.mutate()}>
        {say("sync")}
      </Button>
      <Button component={Link} to="/plantillas/nueva">
        {say("add")}
      </Button>
    </>
  );
}

function useColumns(): Column<Template>[] {
  const say = templateWords.useWords();
  return [
    {
      key: "name",
      head: say("column.name"),
      isTitle: true,
      cell: ({ id, name }) => `${id} · ${name}`,
    },
    { key: "language", head: say("column.language"), cell: (row) => row.language },
    {
      key: "category",
      head: say("column.category"),
      cell: (row) => say(`category.${row.category}`),
    },
    {
      key: "status",
      head: say("column.status"),
      cell: (row) => <TemplateStatus status={row.status} />,
    },
    {
      key: "quality",
      head: say("column.quality"),
      cell: ({ quality }) => (quality === null ? "" : say(`quality.${quality}`)),
    },
    {
      key: "variables",
      head: say("column.variables"),
      numeric: true,
      cell: (row) => row.variables.length,
    },
  ];
}
