import { Button } from "@mantine/core";
import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { useSession } from "../../session/use-session.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { DataTable } from "../../ui/table/data-table.tsx";
import { peopleWords } from "./i18n/people-words.ts";
import { InviteDialog } from "./invite-dialog.tsx";
import { listPeople, peopleKey } from "./people-calls.ts";
import { peopleColumns } from "./people-columns.tsx";
import { PersonDrawer } from "./person-drawer.tsx";

/** Everybody who can sign in to the account. */
export function PeoplePage() {
  const say = peopleWords.useWords();
  const me = useSession().person.id;
  const [inviting, setInviting] = useState(false);
  const [openId, setOpenId] = useState<string>();
  const { rows, error, more } = usePages(peopleKey, listPeople);
  const columns = useMemo(() => peopleColumns(say, me), [say, me]);
  const open = rows?.find(({ id }) => id === openId);
  const invite = (
    <Button
      leftSection={<IconUserPlus size={16} />}
      onClick={() => setInviting(true)}
      data-testid="invite"
    >
      {say("invite")}
    </Button>
  );
  return (
    <Page title={say("title")} about={say("about")} actions={invite} wide>
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
        empty={<EmptyState icon={IconUsers} title={say("empty")} />}
      />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {open !== undefined && (
        <PersonDrawer key={open.id} person={open} onClose={() => setOpenId(undefined)} />
      )}
    </Page>
  );
}
