import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { plainText } from "@recado/contract/plain/whatsapp-text";
import type { message } from "@recado/contract/v1/messages";
import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { IconMessages } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { callV1 } from "../../api/call.ts";
import { usePages } from "../../api/use-pages.ts";
import { useSession } from "../../session/use-session.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { sayFailure } from "../../ui/failure/say-failure.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatMobile } from "../../ui/format/format-number.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { StatusTag } from "../../ui/status-tag.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { messageWords } from "./i18n/message-words.ts";
import { MESSAGE_STATUSES, type MessageFilter } from "./message-filter.ts";
import styles from "./messages-page.module.css";
import { sayKind } from "./say-kind.ts";
import { standingOf } from "./standing-of.ts";

type Message = (typeof message)["_zod"]["output"];

const REFETCH_MS = 5_000;

/** Every message of the account, newest first, with filters. It looks again by itself while it is open. */
export function MessagesPage() {
  const say = messageWords.useWords();
  const navigate = useNavigate();
  const filter = useSearch({ from: "/shell/mensajes" });
  const { rows, error, more } = usePages(
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
      <ProblemNotice error={error} />
      <DataTable
        label={say("title")}
        columns={columns}
        rows={rows}
        failed={error !== null}
        rowId={(row) => row.id}
        onOpen={({ id }) =>
          void navigate({ to: "/mensajes/$messageId", params: { messageId: id } })
        }
        more={more}
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
  return useMemo(
    () => [
      {
        id: "to",
        title: say("column.to"),
        card: "headline",
        width: "160px",
        cell: ({ mobile }) => (mobile === "" ? say("unnamed") : formatMobile(mobile)),
      },
      {
        id: "what",
        title: say("column.what"),
        card: "bare",
        cell: (row) => (
          <>
            <span className={styles.what}>
              {row.text === "" ? sayKind(say, row.kind) : plainText(row.text)}
            </span>
            {row.status === "failed" && <span className={styles.why}>{sayFailure(row)}</span>}
          </>
        ),
      },
      {
        id: "status",
        title: say("column.status"),
        cell: ({ status }) => (
          <StatusTag kind={standingOf(status)}>{say(`status.${status}`)}</StatusTag>
        ),
      },
      {
        id: "category",
        title: say("column.category"),
        card: "hidden",
        cell: (row) => say(`category.${row.category}`),
      },
      {
        id: "price",
        title: say("column.price"),
        align: "end",
        cell: ({ price, refunded, direction }) =>
          direction === "in" ? (
            ""
          ) : (
            <span data-refunded={refunded} className={styles.price}>
              {formatMoney(price, currency)}
            </span>
          ),
      },
      {
        id: "at",
        title: say("column.at"),
        align: "end",
        cell: (row) => formatFull(row.accepted_at),
      },
    ],
    [say, currency],
  );
}

const TYPING_MS = 300;

function Filters({ filter }: { filter: MessageFilter }) {
  const say = messageWords.useWords();
  const navigate = useNavigate({ from: "/mensajes" });
  const [mobile, setMobile] = useState(filter.celular ?? "");
  const [field, setField] = useState(filter.campo ?? "");
  const [typedMobile] = useDebouncedValue(mobile, TYPING_MS);
  const [typedField] = useDebouncedValue(field, TYPING_MS);
  const shown = useRef(filter);
  shown.current = filter;
  const change = (next: MessageFilter) =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true });
  useEffect(() => {
    const celular = typedMobile.replace(/\D/gu, "") || undefined;
    const campo = typedField || undefined;
    // Going where one is already would take back a row's opening that is still under way.
    if (celular === shown.current.celular && campo === shown.current.campo) return;
    void navigate({ search: (now) => ({ ...now, celular, campo }), replace: true });
  }, [typedMobile, typedField, navigate]);
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
