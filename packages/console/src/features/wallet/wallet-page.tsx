import { Skeleton } from "@mantine/core";
import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { useQuery } from "@tanstack/react-query";
import { callV1 } from "../../api/call.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { Page, PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { BalanceAlerts } from "./balance-alerts.tsx";
import { Caps } from "./caps.tsx";
import { walletWords } from "./i18n/wallet-words.ts";
import { Ledger } from "./ledger.tsx";
import { MonthSpend } from "./month-spend.tsx";
import { OwnPrices } from "./own-prices.tsx";
import styles from "./wallet.module.css";

const REFETCH_MS = 5_000;

/** The account's money. */
export function WalletPage() {
  const say = walletWords.useWords();
  const { data, error } = useQuery({
    queryKey: ["wallet"],
    queryFn: ({ signal }) =>
      callV1<typeof V1_OPERATIONS.getWallet>({ method: "GET", path: "/wallet", signal }),
    refetchInterval: REFETCH_MS,
  });
  if (data === undefined && error !== null) {
    // Its parts would say the same, each for itself.
    return (
      <Page title={say("title")} about={say("about")} wide>
        <ProblemNotice error={error} />
      </Page>
    );
  }
  return (
    <Page title={say("title")} about={say("about")} wide>
      {data === undefined && <Skeleton height={32} width={220} my={10} radius="sm" />}
      {data !== undefined && (
        <p className={styles.balance}>
          <span>{say("balance")}</span>
          <strong data-testid="balance">{formatMoney(data.balance, data.currency)}</strong>{" "}
          <small>{data.currency}</small>
        </p>
      )}
      <PageSection title={say("month.title")} about={say("month.about")}>
        <MonthSpend />
      </PageSection>
      <PageSection title={say("prices.title")} about={say("prices.about")}>
        <OwnPrices />
      </PageSection>
      <PageSection title={say("alerts.title")} about={say("alerts.about")}>
        <BalanceAlerts />
      </PageSection>
      <PageSection title={say("caps.title")} about={say("caps.about")}>
        <Caps />
      </PageSection>
      <PageSection title={say("ledger.title")} about={say("ledger.about")}>
        <Ledger />
      </PageSection>
    </Page>
  );
}
