import { Skeleton } from "@mantine/core";
import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { useQuery } from "@tanstack/react-query";
import { callConsole } from "../../api/call.ts";
import type { AnswerOf } from "../../api/operation.ts";
import { formatCountry } from "../../ui/format/format-country.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { walletWords } from "./i18n/wallet-words.ts";
import styles from "./wallet.module.css";

type Prices = AnswerOf<typeof CONSOLE_OPERATIONS.listOwnPrices>;

const CATEGORIES = ["marketing", "utility", "authentication", "service"] as const;

/** What a message costs the account now: a row for each country, a column for each category. */
export function OwnPrices() {
  const say = walletWords.useWords();
  const { data, error } = useQuery({
    queryKey: ["own-prices"],
    queryFn: ({ signal }) =>
      callConsole<typeof CONSOLE_OPERATIONS.listOwnPrices>({
        method: "GET",
        path: "/prices",
        signal,
      }),
  });
  if (data === undefined && error === null) return <Skeleton height={16} width="60%" radius="sm" />;
  if (data === undefined) return <ProblemNotice error={error} />;
  if (data.items.length === 0) return <p className={styles.soft}>{say("prices.none")}</p>;
  return (
    <table className={styles.prices} data-testid="own-prices">
      <thead>
        <tr>
          <th scope="col">{say("prices.country")}</th>
          {CATEGORIES.map((category) => (
            <th key={category} scope="col">
              {say(`category.${category}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...new Set(data.items.map(({ country }) => country))].map((country) => (
          <tr key={country}>
            <th scope="row">{formatCountry(country)}</th>
            {CATEGORIES.map((category) => (
              <td key={category}>
                <span className={styles.soft}>{say(`category.${category}`)}</span>
                {formatPrice(data, country, category)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function formatPrice(prices: Prices, country: string, category: string): string {
  const found = prices.items.find((each) => each.country === country && each.category === category);
  const amount = found?.amount ?? null;
  return amount === null ? "—" : formatMoney(amount, prices.currency);
}
