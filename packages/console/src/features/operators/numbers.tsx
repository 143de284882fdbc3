import { Button } from "@mantine/core";
import { IconDeviceMobile } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { useSession } from "../../session/use-session.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { formatMobile, formatNumber } from "../../ui/format/format-number.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { StatusTag } from "../../ui/status-tag.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { NumberDrawer, nameProvider } from "./number-drawer.tsx";
import { type Channel, listChannels } from "./operator-calls.ts";
import styles from "./operators.module.css";
import { useAccountNames } from "./use-account-names.ts";

const REFETCH_MS = 10_000;

/** Every official number of the platform, and the doctor for each. */
export function Numbers() {
  const say = operatorWords.useWords();
  const { operator } = useSession().person;
  const { rows, error, more } = usePages(["channels"], listChannels, { refetchMs: REFETCH_MS });
  const [openId, setOpenId] = useState<string>();
  const names = useAccountNames();
  const columns = useMemo(() => numberColumns(say, names, setOpenId), [say, names]);
  const open = rows?.find(({ id }) => id === openId);
  return (
    <>
      <p className={styles.soft}>{say(operator ? "numbers.about" : "numbers.aboutReseller")}</p>
      <ProblemNotice error={rows === undefined ? error : null} />
      <DataTable
        label={say("numbers.title")}
        columns={columns}
        rows={error !== null && rows === undefined ? [] : rows}
        rowId={({ id }) => id}
        onOpen={({ id }) => setOpenId(id)}
        openId={openId}
        more={more}
        empty={
          error === null && (
            <EmptyState
              icon={IconDeviceMobile}
              title={say("numbers.empty")}
              text={say("numbers.emptyText")}
            />
          )
        }
      />
      {open !== undefined && (
        <NumberDrawer
          key={open.id}
          number={open}
          accountName={names.get(open.accountId)}
          checks={operator}
          onClose={() => setOpenId(undefined)}
        />
      )}
    </>
  );
}

function numberColumns(
  say: ReturnType<typeof operatorWords.useWords>,
  names: ReadonlyMap<string, string>,
  open: (id: string) => void,
): Column<Channel>[] {
  return [
    {
      id: "number",
      title: say("numbers.number"),
      card: "headline",
      cell: ({ officialNumber }) => formatMobile(officialNumber),
    },
    {
      id: "account",
      title: say("numbers.account"),
      cell: ({ accountId }) => names.get(accountId) ?? "",
    },
    {
      id: "provider",
      title: say("numbers.provider"),
      cell: ({ provider }) => say(`numbers.providers.${nameProvider(provider)}`),
    },
    {
      id: "state",
      title: say("numbers.state"),
      cell: ({ state, restUntil }) => {
        if (state === "inactive")
          return <StatusTag kind="mute">{say("numbers.inactive")}</StatusTag>;
        const rests = restUntil !== null && Date.parse(restUntil) > Date.now();
        return (
          <StatusTag kind={rests ? "wait" : "good"}>
            {say(rests ? "numbers.resting" : "numbers.active")}
          </StatusTag>
        );
      },
    },
    {
      id: "rate",
      title: say("numbers.rate"),
      align: "end",
      cell: ({ ratePerSecond }) => formatNumber(ratePerSecond),
    },
    {
      id: "check",
      title: "",
      align: "end",
      card: "bare",
      cell: ({ id }) => (
        <Button
          variant="default"
          size="compact-sm"
          onClick={(event) => {
            event.stopPropagation();
            open(id);
          }}
        >
          {say("numbers.check")}
        </Button>
      ),
    },
  ];
}
