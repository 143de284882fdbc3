import { Button } from "@mantine/core";
import { IconTemplate } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { usePages } from "../../api/use-pages.ts";
import { useMay } from "../../session/use-session.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { templateWords } from "./i18n/template-words.ts";
import { listTemplates, syncTemplates, type Template } from "./template-calls.ts";
import { TemplateStatus } from "./template-status.tsx";

const REFETCH_MS = 10_000;

/** Every template of the account with how it stands. */
export function TemplatesPage() {
  const navigate = useNavigate();
  const say = templateWords.useWords();
  const { rows, error, more } = usePages(["templates", "all"], listTemplates, {
    refetchMs: REFETCH_MS,
  });
  const actions = <Actions />;
  return (
    <Page
      title={say("title")}
      about={say("about")}
      actions={(rows?.length ?? 0) > 0 && actions}
      wide
    >
      <ProblemNotice error={error} />
      <DataTable
        label={say("title")}
        columns={useColumns()}
        rows={rows}
        rowId={(row) => String(row.id)}
        onOpen={({ id }) =>
          void navigate({ to: "/plantillas/$templateId", params: { templateId: String(id) } })
        }
        more={more}
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
  return useMemo(
    () => [
      {
        id: "name",
        title: say("column.name"),
        card: "headline",
        cell: ({ id, name }) => `${id} · ${name}`,
      },
      { id: "language", title: say("column.language"), cell: (row) => row.language },
      {
        id: "category",
        title: say("column.category"),
        cell: (row) => say(`category.${row.category}`),
      },
      {
        id: "status",
        title: say("column.status"),
        cell: (row) => <TemplateStatus status={row.status} />,
      },
      {
        id: "quality",
        title: say("column.quality"),
        cell: ({ quality }) => (quality === null ? "" : say(`quality.${quality}`)),
      },
      {
        id: "variables",
        title: say("column.variables"),
        align: "end",
        cell: (row) => row.variables.length,
      },
    ],
    [say],
  );
}
