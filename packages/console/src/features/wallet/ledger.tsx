import { Button } from "@mantine/core";
import type { ledgerEntry } from "@recado/contract/v1/account";
import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { IconWallet } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { callV1 } from "../../api/call.ts";
import { usePages } from "../../api/use-pages.ts";
import { useSession } from "../../session/use-session.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { formatAmount } from "../../ui/format/format-amount.ts";
import { formatMoment } from "../../ui/format/format-moment.ts";
import { walletWords } from "./i18n/wallet-words.ts";
import styles from "./wallet.module.css";

type Entry = (typeof ledgerEntry)["_zod"]["output"];

const EXPORT_MS = 30 * 86_400_000;
/** Kinds whose cause is a message. */
const OF_MESSAGES = new Set(["charge", "refund", "refund-reversal"]);

/** Every movement, newest first. */
export function Ledger() {
  const say = walletWords.useWords();
  const { rows, pages } = usePages(["ledger"], (cursor, signal) =>
    callV1<typeof V1_OPERATIONS.listLedger>({
      method: "GET",
      path: "/ledger",
      query: { cursor },
      signal,
    }),
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
      <DataTable
        caption={say("ledger.title")}
        columns={useColumns()}
        rows={rows}
        rowKey={(row) => `${row.cause_id} ${row.kind}`}
        pages={pages}
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
  return [
    {
      key: "kind",
      head: say("ledger.kind"),
      isTitle: true,
      cell: ({ kind, cause_id: cause }) =>
        OF_MESSAGES.has(kind) ? (
          <Link to="/mensajes/$messageId" params={{ messageId: cause }} className={styles.link}>
            {say(`kind.${kind}`)}
          </Link>
        ) : (
          say(`kind.${kind}`)
        ),
    },
    { key: "reference", head: say("ledger.reference"), cell: (row) => row.reference ?? "" },
    {
      key: "at",
      head: say("ledger.at"),
      numeric: true,
      cell: (row) => formatMoment(row.at, { seconds: true }),
    },
    {
      key: "amount",
      head: say("ledger.amount"),
      numeric: true,
      cell: (row) => (
        <span className={styles.signed} data-in={!row.amount.startsWith("-")}>
          {formatAmount(row.amount, currency)}
        </span>
      ),
    },
    {
      key: "after",
      head: say("ledger.after"),
      numeric: true,
      cell: (row) => formatAmount(row.balance_after, currency),
    },
  ];
}
