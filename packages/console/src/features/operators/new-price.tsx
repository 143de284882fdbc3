import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "../../session/use-session.ts";
import { readMoney } from "../../ui/format/read-money.ts";
import { MoneyField } from "../../ui/money-field.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { operatorWords } from "./i18n/operator-words.ts";
import { type PriceBook, setPrice } from "./operator-calls.ts";
import styles from "./operators.module.css";

const CATEGORIES = ["marketing", "utility", "authentication", "service"] as const;

/** A price from now on, and to who operates the platform what the message costs. */
export function NewPrice({ book }: { book: PriceBook }) {
  const say = operatorWords.useWords();
  const { operator } = useSession().person;
  const { given, change, set, canSet } = useNewPrice(book);
  return (
    <form
      className={styles.newPrice}
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate();
      }}
    >
      <TextInput
        aria-label={say("prices.country")}
        maxLength={2}
        required
        className={styles.short}
        pattern="[A-Z]{2}|\*"
        title={say("prices.countryHint")}
        value={given.country}
        onChange={(event) => change({ country: event.currentTarget.value.toUpperCase() })}
      />
      <Select
        aria-label={say("prices.category")}
        allowDeselect={false}
        data={CATEGORIES.map((value) => ({ value, label: say(`prices.categories.${value}`) }))}
        value={given.category}
        onChange={(value) =>
          change({ category: CATEGORIES.find((each) => each === value) ?? "utility" })
        }
      />
      <MoneyField
        aria-label={say("prices.amount")}
        placeholder={say("prices.amount")}
        required
        currency={book.currency}
        value={given.amount}
        onText={(amount) => change({ amount })}
      />
      {operator && (
        <MoneyField
          aria-label={say("prices.cost")}
          placeholder={say("prices.cost")}
          currency={book.currency}
          value={given.cost}
          onText={(cost) => change({ cost })}
        />
      )}
      <Button type="submit" variant="default" loading={set.isPending} disabled={!canSet}>
        {say("prices.set")}
      </Button>
      <ProblemNotice error={set.error} />
    </form>
  );
}

interface Given {
  country: string;
  category: (typeof CATEGORIES)[number];
  amount: string;
  cost: string;
}

function useNewPrice(book: PriceBook) {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const [given, setGiven] = useState<Given>({
    ...{ country: "CO", category: "utility", amount: "", cost: "" },
  });
  const change = (part: Partial<Given>) => setGiven((before) => ({ ...before, ...part }));
  const { country, category } = given;
  const amount = readMoney(given.amount);
  const cost = readMoney(given.cost);
  const set = useMutation({
    mutationFn: () =>
      setPrice(book.id, {
        ...{ country, category, amount: amount ?? "" },
        ...(cost === null ? {} : { cost }),
      }),
    onSuccess() {
      showToast({ kind: "done", text: say("prices.done") });
      change({ amount: "", cost: "" });
      return client.invalidateQueries({ queryKey: ["price-books", book.id] });
    },
  });
  const canSet = amount !== null && (given.cost.trim() === "" || cost !== null);
  return { given, change, set, canSet };
}
