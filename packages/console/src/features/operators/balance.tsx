import { useQuery } from "@tanstack/react-query";
import { formatMoney } from "../../ui/format/format-money.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { type Account, getBalance } from "./operator-calls.ts";
import styles from "./operators.module.css";

/** What an account has now. */
export function Balance({ account }: { account: Account }) {
  const say = operatorWords.useWords();
  const { data, error } = useQuery({
    queryKey: ["accounts", account.id, "balance"],
    queryFn: ({ signal }) => getBalance(account.id, signal),
  });
  return (
    <>
      <p className={styles.balance}>
        {say("account.balance")}:{" "}
        <b data-testid="balance">{data && formatMoney(data.balance, data.currency)}</b>
      </p>
      <ProblemNotice error={error} />
    </>
  );
}
