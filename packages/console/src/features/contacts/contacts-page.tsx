import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAddressBook, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { formatMobile } from "../../ui/format/format-number.ts";
import { formatDay } from "../../ui/format/format-time.ts";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { ThingCell } from "../../ui/thing-cell.tsx";
import { type Contact, listContacts } from "./contact-calls.ts";
import { contactWords } from "./i18n/contact-words.ts";

const TYPING_MS = 300;

/** Everybody whom the account knows, with a search that minds neither accents nor case. */
export function ContactsPage() {
  const say = contactWords.useWords();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), TYPING_MS);
  const { rows, error, more } = usePages(["contacts", search], (cursor, signal) =>
    listContacts({ search: search === "" ? undefined : search, cursor }, signal),
  );
  const columns = useMemo(() => contactColumns(say), [say]);
  return (
    <Page
      title={say("title")}
      about={say("about")}
      tools={
        <TextInput
          aria-label={say("search")}
          placeholder={say("search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          w={250}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      }
      wide
    >
      <ProblemNotice error={error} />
      <DataTable
        label={say("title")}
        columns={columns}
        rows={rows}
        failed={error !== null}
        rowId={({ id }) => id}
        onOpen={({ id }) =>
          void navigate({ to: "/contactos/$contactId", params: { contactId: id } })
        }
        more={more}
        empty={
          search === "" ? (
            <EmptyState icon={IconAddressBook} title={say("empty")} text={say("emptyText")} />
          ) : (
            <EmptyState icon={IconAddressBook} title={say("nothing")} text={say("nothingText")} />
          )
        }
      />
    </Page>
  );
}

function contactColumns(say: ReturnType<typeof contactWords.useWords>): Column<Contact>[] {
  return [
    {
      id: "name",
      title: say("name"),
      card: "headline",
      cell: ({ id, name, profile_name: profile }) => (
        <ThingCell title={name ?? profile ?? say("unnamed")} avatarOf={id} />
      ),
    },
    {
      id: "mobile",
      title: say("mobile"),
      cell: ({ mobile }) => (mobile === null ? say("hidden") : formatMobile(mobile)),
    },
    { id: "labels", title: say("labels"), cell: ({ labels }) => labels.join(", ") },
    {
      id: "since",
      title: say("since"),
      align: "end",
      cell: ({ created_at }) => formatDay(created_at),
    },
  ];
}
