import { useQuery } from "@tanstack/react-query";
import { useSession } from "../../session/use-session.ts";
import { PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { Balance } from "./balance.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { type Account, getBalance } from "./operator-calls.ts";
import { HandOn } from "./resale/hand-on.tsx";
import { TopUp } from "./top-up.tsx";

/** An account's balance, and how money comes into it: the operator tops up, a reseller hands on what is its own. */
export function AccountMoney({ account }: { account: Account }) {
  const say = operatorWords.useWords();
  const { person, account: own } = useSession();
  const held = useQuery({
    queryKey: ["accounts", own.id, "balance"],
    enabled: !person.operator,
    queryFn: ({ signal }) => getBalance(own.id, signal),
  });
  if (person.operator) {
    return (
      <PageSection title={say("account.topup")} about={say("account.topupAbout")}>
        <TopUp account={account} />
      </PageSection>
    );
  }
  return (
    <PageSection title={say(account.id === own.id ? "account.balance" : "resale.handOn")}>
      <Balance account={account} />
      {account.id !== own.id && account.currency === own.currency && (
        <HandOn
          fromId={own.id}
          currency={account.currency}
          balance={held.data?.balance}
          to={account}
        />
      )}
      <ProblemNotice error={held.error} />
    </PageSection>
  );
}
