import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch, IconTemplate } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { useMay } from "../../session/use-session.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { ThingCell } from "../../ui/thing-cell.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { templateWords } from "./i18n/template-words.ts";
import { listTemplates, syncTemplates, type Template } from "./template-calls.ts";
import { TemplateStatus } from "./template-status.tsx";

const REFETCH_MS = 10_000;
const TYPING_MS = 300;
const STATUSES = ["draft", "pending", "approved", "rejected", "paused", "disabled"] as const;

/** Every template of the account with how it stands. */
export function TemplatesPage() {
  const navigate = useNavigate();
  const say = templateWords.useWords();
  const [status, setStatus] = useState<Template["status"] | undefined>();
  const [typed, setTyped] = useState("");
  const [sought] = useDebouncedValue(typed, TYPING_MS);
  const name = readName(sought);
  const { rows, error, more } = usePages(
    ["templates", "all", status, name],
    (cursor, signal) => listTemplates({ status, name, cursor }, signal),
    { refetchMs: REFETCH_MS },
  );
  const actions = <Actions />;
  const isEmpty = rows?.length === 0 && status === undefined && name === undefined && typed === "";
  return (
    <Page
      title={say("title")}
      about={say("about")}
      actions={!isEmpty && actions}
      tools={
        !isEmpty && (
          <>
            <NameSearch typed={typed} onChange={setTyped} />
            <StatusFilter status={status} onChange={setStatus} />
          </>
        )
      }
      wide
    >
      <ProblemNotice error={error} />
      <DataTable
        label={say("title")}
        columns={useColumns()}
        rows={rows}
        failed={error !== null}
        rowId={(row) => String(row.id)}
        onOpen={({ id }) =>
          void navigate({ to: "/plantillas/$templateId", params: { templateId: String(id) } })
        }
        more={more}
        empty={
          isEmpty ? (
            <EmptyState icon={IconTemplate} title={say("empty")} text={say("emptyText")}>
              {actions}
            </EmptyState>
          ) : (
            <EmptyState icon={IconTemplate} title={say("none")} text={say("noneText")} />
          )
        }
      />
    </Page>
  );
}

/** As names are written: whoever seeks "Cita médica" means `cita_medica`. Undefined for nothing. */
function readName(typed: string): string | undefined {
  const plain = typed.normalize("NFD").replaceAll(/\p{M}/gu, "").trim().toLowerCase();
  const name = plain.replaceAll(/[\s-]+/gu, "_");
  return name === "" ? undefined : name;
}

function NameSearch({ typed, onChange }: { typed: string; onChange(typed: string): void }) {
  const say = templateWords.useWords();
  return (
    <TextInput
      aria-label={say("search")}
      placeholder={say("search")}
      type="search"
      maxLength={200}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function StatusFilter(props: {
  status: Template["status"] | undefined;
  onChange(status: Template["status"] | undefined): void;
}) {
  const say = templateWords.useWords();
  return (
    <Select
      aria-label={say("column.status")}
      placeholder={say("anyStatus")}
      clearable
      data={STATUSES.map((value) => ({ value, label: say(`status.${value}`) }))}
      value={props.status ?? null}
      onChange={(value) => props.onChange(STATUSES.find((each) => each === value))}
    />
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
        cell: ({ id, name }) => <ThingCell title={name} about={`id_template ${id}`} mono />,
      },
      {
        id: "language",
        title: say("column.language"),
        width: "90px",
        cell: (row) => row.language,
      },
      {
        id: "category",
        title: say("column.category"),
        width: "130px",
        cell: (row) => say(`category.${row.category}`),
      },
      {
        id: "status",
        title: say("column.status"),
        width: "130px",
        cell: (row) => <TemplateStatus status={row.status} />,
      },
      {
        id: "quality",
        title: say("column.quality"),
        width: "90px",
        cell: ({ quality }) =>
          quality === null || quality === "unknown" ? "" : say(`quality.${quality}`),
      },
      {
        id: "variables",
        title: say("column.variables"),
        width: "90px",
        align: "end",
        cell: (row) => row.variables.length,
      },
    ],
    [say],
  );
}
