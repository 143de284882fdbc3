import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "../../../session/use-session.ts";
import { formatMoney } from "../../../ui/format/format-money.ts";
import { formatPeriod } from "../../../ui/format/format-period.ts";
import { operatorWords } from "../i18n/operator-words.ts";
import { getBalance } from "../operator-calls.ts";
import styles from "../operators.module.css";
import { Allocations } from "./allocations.tsx";
import { Customers } from "./customers.tsx";
import { DaysChoice } from "./days-choice.tsx";
import { HandOn } from "./hand-on.tsx";
import { daysOf } from "./named-days.ts";
import { getSettlements, listCustomers, type SettlementReport } from "./resale-calls.ts";
import { Settlements } from "./settlements.tsx";

/** A reseller's books for some days, alike to the operator and to its own people; these hand money on here. */
export function ResellerBooks(props: { resellerId: string; currency: string }) {
  const { resellerId, currency } = props;
  const say = operatorWords.useWords();
  const { operator } = useSession().person;
  const [days, setDays] = useState(() => daysOf("month", Date.now()));
  const [by, setBy] = useState<"day" | "month">("day");
  const report = useQuery({
    queryKey: ["resale", resellerId, "settlements", days, by],
    queryFn: ({ signal }) => getSettlements(resellerId, { ...days, by }, signal),
  });
  const balance = useQuery({
    queryKey: ["accounts", resellerId, "balance"],
    queryFn: ({ signal }) => getBalance(resellerId, signal),
  });
  const customers = useQuery({
    queryKey: ["resale", resellerId, "customers"],
    queryFn: ({ signal }) => listCustomers(resellerId, signal),
  });
  const held = balance.data?.balance;
  return (
    <div data-testid="reseller-books">
      {!operator && <p className={styles.soft}>{say("resale.aboutOwn")}</p>}
      <DaysChoice days={days} onDays={setDays} />
      <Figures balance={held} currency={currency} report={report.data} />
      <h2 className={styles.heading}>{say("resale.customers")}</h2>
      <Customers
        resellerId={resellerId}
        days={days}
        rows={customers.data?.items}
        error={customers.error}
      />
      {!operator && (
        <>
          <h2 className={styles.heading}>{say("resale.handOn")}</h2>
          <HandOn
            fromId={resellerId}
            currency={currency}
            balance={held}
            to={(customers.data?.items ?? []).filter((each) => each.currency === currency)}
          />
        </>
      )}
      <h2 className={styles.heading}>{say("resale.settlements")}</h2>
      <Settlements {...{ by, report: report.data, error: report.error }} onBy={setBy} />
      <h2 className={styles.heading}>{say("resale.allocations")}</h2>
      <Allocations resellerId={resellerId} currency={currency} />
    </div>
  );
}

function Figures(props: {
  balance: string | undefined;
  currency: string;
  report: SettlementReport | undefined;
}) {
  const { balance, currency, report } = props;
  const say = operatorWords.useWords();
  const money = (amount: string | undefined) =>
    amount === undefined ? "…" : formatMoney(amount, currency);
  const until = report?.settledUntil;
  return (
    <>
      <dl className={styles.figures} data-testid="figures">
        {(
          [
            ["balance", balance],
            ["resale", report?.totals.resale],
            ["wholesale", report?.totals.wholesale],
            ["margin", report?.totals.margin],
          ] as const
        ).map(([name, amount]) => (
          <div key={name}>
            <dt>{say(`resale.${name}`)}</dt>
            <dd data-testid={`figure-${name}`} data-below={amount?.startsWith("-")}>
              {money(amount)}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.soft}>
        {until ? say("resale.until", { day: formatPeriod(until) }) : say("resale.nothingYet")}
      </p>
    </>
  );
}
