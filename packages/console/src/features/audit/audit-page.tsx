import { SegmentedControl } from "@mantine/core";
import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { IconHistory } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { callConsole } from "../../api/call.ts";
import { usePages } from "../../api/use-pages.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { DataTable } from "../../ui/table/data-table.tsx";
import { auditColumns } from "./audit-columns.tsx";
import { ChangeDrawer } from "./change-drawer.tsx";
import { auditWords } from "./i18n/audit-words.ts";

type ListChanges = typeof CONSOLE_OPERATIONS.listChanges;

/** Under which path each kind's calls are. */
const kinds = {
  all: undefined,
  people: "/console/api/people",
  tokens: "/console/api/tokens",
  projects: "/console/api/projects",
  me: "/console/api/me",
} as const;
type Kind = keyof typeof kinds;

/** Who of the account changed what. */
export function AuditPage() {
  const say = auditWords.useWords();
  const [kind, setKind] = useState<Kind>("all");
  const [openId, setOpenId] = useState<string>();
  const { rows, error, more } = usePages(["audit", kind], (cursor, signal) =>
    callConsole<ListChanges>({
      method: "GET",
      path: "/audit",
      query: { cursor, path: kinds[kind] },
      signal,
    }),
  );
  const columns = useMemo(() => auditColumns(say), [say]);
  const open = rows?.find(({ id }) => id === openId);
  const nameKind = (value: Kind) => (value === "all" ? say("all") : say(`kinds.${value}`));
  const filter = (
    <SegmentedControl
      aria-label={say("kind")}
      size="xs"
      value={kind}
      data={(Object.keys(kinds) as Kind[]).map((value) => ({ value, label: nameKind(value) }))}
      onChange={setKind}
    />
  );
  return (
    <Page title={say("title")} about={say("about")} tools={filter} wide>
      <ProblemNotice error={error} />
      <DataTable
        label={say("title")}
        columns={columns}
        rows={rows}
        failed={error !== null}
        rowId={({ id }) => id}
        onOpen={({ id }) => setOpenId(id)}
        openId={openId}
        more={more}
        empty={
          kind === "all" ? (
            <EmptyState icon={IconHistory} title={say("empty")} text={say("emptyText")} />
          ) : (
            <EmptyState icon={IconHistory} title={say("emptyFiltered")} />
          )
        }
      />
      {open !== undefined && <ChangeDrawer change={open} onClose={() => setOpenId(undefined)} />}
    </Page>
  );
}
