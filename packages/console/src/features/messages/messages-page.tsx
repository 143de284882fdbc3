import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { message } from "@recado/contract/v1/messages";
import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { IconMessages } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { callV1 } from "../../api/call.ts";
import { usePages } from "../../api/use-pages.ts";
import { useSession } from "../../session/use-session.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { formatAmount } from "../../ui/format/format-amount.ts";
import { formatMoment } from "../../ui/format/format-moment.ts";
import { Page } from "../../ui/page.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { messageWords } from "./i18n/message-words.ts";
import { MESSAGE_STATUSES, type MessageFilter } from "./message-filter.ts";
import styles from "./messages-page.module.css";
import { standingOf } from "./standing-of.ts";

type Message = (typeof message)["_zod"]["output"];

const REFETCH_MS = 5_000;

/** Every message of the account, newest first, with filters. It looks again by itself while it is open. */
export function MessagesPage() {
  const say = messageWords.useWords();
  const filter = useSearch({ from: "/shell/mensajes" });
  const { rows, pages } = usePages(
    ["messages", filter],
    (cursor, signal) =>
      callV1<typeof V1_OPERATIONS.listMessages>({
        method: "GET",
        path: "/messages",
        query: queryOf(filter, cursor),
        signal,
      }),
    { refetchMs: REFETCH_MS },
  );
  const columns = useColumns();
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Page title={say("title")} about={say("about")} tools={<Filters filter={filter} />} wide>
      <DataTable
        caption={say("title")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        href={(row) => `/mensajes/${row.id}`}
        pages={pages}
        empty={
          isFiltered ? (
            <EmptyState icon={IconMessages} title={say("nothing")} text={say("nothingText")} />
          ) : (
            <EmptyState icon={IconMessages} title={say("empty")} text={say("emptyText")}>
              <Button component={Link} to="/probar">
                {say("tryIt")}
              </Button>
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

function queryOf(filter: MessageFilter, cursor: string | undefined) {
  const { celular, campo, estado, sentido } = filter;
  // A number that is not whole yet would be refused; it is asked for when it is.
  const mobile = celular !== undefined && celular.length >= 6 ? celular : undefined;
  return { mobile, custom_field: campo, status: estado, direction: sentido, cursor };
}

function useColumns(): Column<Message>[] {
  const say = messageWords.useWords();
  const { currency } = useSession().account;
  return [
    {
      key: "to",
      head: say("column.to"),
      isTitle: true,
      width: "160px",
      cell: ({ mobile }) => (mobile === "" ? say("unnamed") : `+${mobile}`),
    },
    {
      key: "what",
      head: say("column.what"),
      cell: (row) => (
        <span className={styles.what}>
          {row.text === "" ? say("bare", { kind: row.kind }) : row.text}
        </span>
      ),
    },
    {
      key: "status",
      head: say("column.status"),
      cell: ({ status }) => (
        <StateBadge standing={standingOf(status)}>{say(`status.${status}`)}</StateBadge>
      ),
    },
    {
      key: "category",
      head: say("column.category"),
      cell: (row) => say(`category.${row.category}`),
    },
    {
      key: "price",
      head: say("column.price"),
      numeric: true,
      cell: ({ price, refunded, direction }) =>
        direction === "in" ? (
          ""
        ) : (
          <span data-refunded={refunded} className={styles.price}>
            {formatAmount(price, currency)}
          </span>
        ),
    },
    {
      key: "at",
      head: say("column.at"),
      numeric: true,
      cell: (row) => formatMoment(row.accepted_at, { seconds: true }),
    },
  ];
}

const TYPING_MS = 300;

function Filters({ filter }: { filter: MessageFilter }) {
  const say = messageWords.useWords();
  const navigate = useNavigate({ from: "/mensajes" });
  const [mobile, setMobile] = useState(filter.celular ?? "");
  const [field, setField] = useState(filter.campo ?? "");
  const [typed] = useDebouncedValue({ celular: mobile, campo: field }, TYPING_MS);
  const change = (next: MessageFilter) =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true });
  useEffect(() => {
    void navigate({
      search: (now) => ({
        ...now,
        celular: typed.celular.replace(/\D/gu, "") || undefined,
        campo: typed.campo || undefined,
      }),
      replace: true,
    });
  }, [typed, navigate]);
  return (
    <>
      <TextInput
        aria-label={say("filter.mobile")}
        placeholder={say("filter.mobile")}
        inputMode="tel"
        value={mobile}
        onChange={(event) => setMobile(event.currentTarget.value)}
      />
      <TextInput
        aria-label={say("filter.customField")}
        placeholder={say("filter.customField")}
        value={field}
        onChange={(event) => setField(event.currentTarget.value)}
      />
      <Select
        aria-label={say("filter.status")}
        placeholder={say("filter.status")}
        clearable
        data={MESSAGE_STATUSES.map((status) => ({ value: status, label: say(`status.${status}`) }))}
        value={filter.estado ?? null}
        onChange={(value) => change({ estado: MESSAGE_STATUSES.find((each) => each === value) })}
      />
      <Select
        aria-label={say("filter.direction")}
        placeholder={say("filter.direction")}
        clearable
        data={(["out", "in"] as const).map((value) => ({
          value,
          label: say(`direction.${value}`),
        }))}
        value={filter.sentido ?? null}
        onChange={(value) =>
          change({ sentido: value === "in" || value === "out" ? value : undefined })
        }
      />
    </>
  );
}
