import { Button, Select, TextInput } from "@mantine/core";
import { IconCoins } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { operatorWords } from "./i18n/operator-words.ts";
import {
  getPrices,
  listPriceBooks,
  type Price,
  type PriceBook,
  setPrice,
} from "./operator-calls.ts";
import styles from "./operators.module.css";

const CATEGORIES = ["marketing", "utility", "authentication", "service"] as const;

/** Every price book with what is in force, and a form for a new price. */
export function Prices() {
  const say = operatorWords.useWords();
  const { rows, error } = usePages(["price-books"], listPriceBooks);
  return (
    <>
      <p className={styles.soft}>{say("prices.about")}</p>
      <ProblemNotice error={error} />
      {rows?.length === 0 && <EmptyState icon={IconCoins} title={say("prices.none")} />}
      {rows?.map((book) => (
        <PageSection key={book.id} title={`${book.name} (${book.currency})`}>
          <NewPrice book={book} />
          <BookPrices book={book} />
        </PageSection>
      ))}
    </>
  );
}

function BookPrices({ book }: { book: PriceBook }) {
  const say = operatorWords.useWords();
  const { data, error } = useQuery({
    queryKey: ["price-books", book.id],
    queryFn: ({ signal }) => getPrices(book.id, signal),
  });
  const columns = useMemo(
    (): Column<Price>[] => [
      { id: "country", title: say("prices.country"), card: "headline", cell: (row) => row.country },
      {
        id: "category",
        title: say("prices.category"),
        cell: (row) => say(`prices.categories.${row.category}`),
      },
      {
        id: "amount",
        title: say("prices.amount"),
        align: "end",
        cell: (row) => formatMoney(row.amount, book.currency),
      },
      {
        id: "cost",
        title: say("prices.cost"),
        align: "end",
        cell: (row) => (row.cost === null ? "" : formatMoney(row.cost, book.currency)),
      },
      {
        id: "from",
        title: say("prices.from"),
        align: "end",
        cell: (row) => formatFull(row.validFrom),
      },
    ],
    [say, book.currency],
  );
  const inForce = data?.prices.filter(({ validTo }) => validTo === null);
  return (
    <>
      <ProblemNotice error={error} />
      <DataTable
        label={book.name}
        columns={columns}
        rows={inForce}
        rowId={({ id }) => id}
        empty={<p className={styles.soft}>{say("prices.empty")}</p>}
      />
    </>
  );
}

function NewPrice({ book }: { book: PriceBook }) {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const [country, setCountry] = useState("CO");
  const [category, setCategory] = useState<(typeof CATEGORIES)[number]>("utility");
  const [amount, setAmount] = useState("");
  const set = useMutation({
    mutationFn: () => setPrice(book.id, { country, category, amount }),
    onSuccess() {
      showToast({ kind: "done", text: say("prices.done") });
      setAmount("");
      return client.invalidateQueries({ queryKey: ["price-books", book.id] });
    },
  });
  return (
    <form
      className={styles.line}
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
        value={country}
        onChange={(event) => setCountry(event.currentTarget.value.toUpperCase())}
      />
      <Select
        aria-label={say("prices.category")}
        allowDeselect={false}
        data={CATEGORIES.map((value) => ({ value, label: say(`prices.categories.${value}`) }))}
        value={category}
        onChange={(value) => setCategory(CATEGORIES.find((each) => each === value) ?? category)}
      />
      <TextInput
        aria-label={say("prices.amount")}
        placeholder={say("prices.amount")}
        inputMode="decimal"
        required
        value={amount}
        onChange={(event) => setAmount(event.currentTarget.value.replace(",", "."))}
      />
      <Button type="submit" variant="default" loading={set.isPending}>
        {say("prices.set")}
      </Button>
      <ProblemNotice error={set.error} />
    </form>
  );
}
