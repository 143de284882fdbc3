import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePages } from "../../../api/use-pages.ts";
import { useSession } from "../../../session/use-session.ts";
import { formatMoney } from "../../../ui/format/format-money.ts";
import { formatPeriod } from "../../../ui/format/format-period.ts";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { operatorWords } from "../i18n/operator-words.ts";
import { getBalance } from "../operator-calls.ts";
import styles from "../operators.module.css";
import { Allocations } from "./allocations.tsx";
import { Customers } from "./customers.tsx";
import { DaysChoice } from "./days-choice.tsx";
import { HandOn } from "./hand-on.tsx";
import { dayBefore, daysOf } from "./named-days.ts";
import { getSettlements, listCustomers, type SettlementReport } from "./resale-calls.ts";
import { Settlements } from "./settlements.tsx";

/** A reseller's books for some days, alike to the operator and to its own people; these hand money on here. */
export function ResellerBooks(props: { resellerId: string; currency: string }) {
  const { resellerId, currency } = props;
  const say = operatorWords.useWords();
  const { person, account } = useSession();
  const isOwn = !person.operator && account.id === resellerId;
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
  const customers = usePages(["resale", resellerId, "customers"], (cursor, signal) =>
    listCustomers(resellerId, cursor, signal),
  );
  const held = balance.data?.balance;
  return (
    <div data-testid="reseller-books">
      {isOwn && <p className={styles.soft}>{say("resale.aboutOwn")}</p>}
      <DaysChoice days={days} onDays={setDays} />
      <ProblemNotice error={balance.error} />
      <Figures {...{ currency, isOwn }} balance={held} report={report.data} />
      <h2 className={styles.heading}>{say("resale.customers")}</h2>
      <Customers {...customers} {...{ resellerId, days }} />
      {isOwn && (
        <>
          <h2 className={styles.heading}>{say("resale.handOn")}</h2>
          <HandOn
            fromId={resellerId}
            currency={currency}
            balance={held}
            to={(customers.rows ?? []).filter((each) => each.currency === currency)}
          />
        </>
      )}
      <h2 className={styles.heading}>{say("resale.settlements")}</h2>
      <Settlements {...{ by, isOwn, report: report.data, error: report.error }} onBy={setBy} />
      <h2 className={styles.heading}>{say("resale.allocations")}</h2>
      <Allocations {...{ resellerId, currency, isOwn }} />
    </div>
  );
}

const SETTLED = ["resale", "wholesale", "margin"] as const;

function Figures(props: {
  balance: string | undefined;
  currency: string;
  isOwn: boolean;
  report: SettlementReport | undefined;
}) {
  const { balance, currency, isOwn, report } = props;
  const say = operatorWords.useWords();
  const money = (amount: string | undefined) =>
    amount === undefined ? "…" : formatMoney(amount, currency);
  const sayWhose = (name: (typeof SETTLED)[number]) =>
    say(isOwn ? `resale.own.${name}` : `resale.${name}`);
  const until = report?.settledUntil;
  return (
    <>
      <dl className={styles.figures} data-testid="figures">
        {(
          [
            ["balance", say("resale.balance"), balance],
            ...SETTLED.map((name) => [name, sayWhose(name), report?.totals[name]] as const),
          ] as const
        ).map(([name, title, amount]) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd data-testid={`figure-${name}`} data-below={amount?.startsWith("-")}>
              {money(amount)}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.soft}>
        {until
          ? say("resale.until", { day: formatPeriod(dayBefore(until)) })
          : say("resale.nothingYet")}
      </p>
    </>
  );
}
