import { Button } from "@mantine/core";
import type { ledgerEntry } from "@recado/contract/v1/account";
import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { IconWallet } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { callV1 } from "../../api/call.ts";
import { usePages } from "../../api/use-pages.ts";
import { useSession } from "../../session/use-session.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { walletWords } from "./i18n/wallet-words.ts";
import styles from "./wallet.module.css";

type Entry = (typeof ledgerEntry)["_zod"]["output"];

/** As often as the balance above it: the two must agree. */
const REFETCH_MS = 5_000;
const EXPORT_MS = 30 * 86_400_000;
/** Kinds whose cause is a message. */
const OF_MESSAGES = new Set(["charge", "refund", "refund-reversal"]);

/** Every movement, newest first. */
export function Ledger() {
  const say = walletWords.useWords();
  const { rows, error, more } = usePages(
    ["ledger"],
    (cursor, signal) =>
      callV1<typeof V1_OPERATIONS.listLedger>({
        method: "GET",
        path: "/ledger",
        query: { cursor },
        signal,
      }),
    { refetchMs: REFETCH_MS },
  );
  const since = new Date(Date.now() - EXPORT_MS).toISOString();
  return (
    <>
      <div className={styles.bar}>
        <Button
          component="a"
          variant="default"
          href={`/v1/ledger.csv?since=${encodeURIComponent(since)}`}
          download
        >
          {say("ledger.csv")}
        </Button>
      </div>
      <ProblemNotice error={error} />
      <DataTable
        label={say("ledger.title")}
        columns={useColumns()}
        rows={rows}
        failed={error !== null}
        rowId={(row) => `${row.cause_id} ${row.kind}`}
        more={more}
        empty={
          <EmptyState
            icon={IconWallet}
            title={say("ledger.empty")}
            text={say("ledger.emptyText")}
          />
        }
      />
    </>
  );
}

function useColumns(): Column<Entry>[] {
  const say = walletWords.useWords();
  const { currency } = useSession().account;
  return useMemo(
    () => [
      {
        id: "kind",
        title: say("ledger.kind"),
        card: "headline",
        cell: ({ kind, cause_id: cause }) =>
          OF_MESSAGES.has(kind) ? (
            <Link to="/mensajes/$messageId" params={{ messageId: cause }} className={styles.link}>
              {say(`kind.${kind}`)}
            </Link>
          ) : (
            say(`kind.${kind}`)
          ),
      },
      { id: "reference", title: say("ledger.reference"), cell: (row) => row.reference ?? "" },
      {
        id: "at",
        title: say("ledger.at"),
        align: "end",
        cell: (row) => formatFull(row.at),
      },
      {
        id: "amount",
        title: say("ledger.amount"),
        align: "end",
        cell: (row) => (
          <span className={styles.signed} data-in={!row.amount.startsWith("-")}>
            {formatMoney(row.amount, currency)}
          </span>
        ),
      },
      {
        id: "after",
        title: say("ledger.after"),
        align: "end",
        cell: (row) => formatMoney(row.balance_after, currency),
      },
    ],
    [say, currency],
  );
}
