import { Button, Skeleton, TextInput } from "@mantine/core";
import { IconCoins } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { useSession } from "../../session/use-session.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FieldSkeletons } from "../../ui/field-skeletons.tsx";
import { formatCountry } from "../../ui/format/format-country.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { NewPrice } from "./new-price.tsx";
import {
  createPriceBook,
  getPrices,
  listPriceBooks,
  type Price,
  type PriceBook,
} from "./operator-calls.ts";
import styles from "./operators.module.css";

/** Every price book with what is in force, and a form for a new price. */
export function Prices() {
  const say = operatorWords.useWords();
  const { rows, error } = usePages(["price-books"], listPriceBooks);
  return (
    <>
      <p className={styles.soft}>{say("prices.about")}</p>
      <ProblemNotice error={error} />
      <NewBook />
      {rows === undefined && error === null && (
        <PageSection title={<Skeleton width={140} height={12} my={4} radius="sm" />}>
          <FieldSkeletons count={6} columns={1} />
        </PageSection>
      )}
      {rows?.length === 0 && (
        <EmptyState icon={IconCoins} title={say("prices.none")} text={say("prices.noneText")} />
      )}
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
      {
        id: "country",
        title: say("prices.country"),
        width: "20%",
        card: "headline",
        cell: (row) => (row.country === "*" ? say("prices.others") : formatCountry(row.country)),
      },
      {
        id: "category",
        title: say("prices.category"),
        width: "20%",
        cell: (row) => say(`prices.categories.${row.category}`),
      },
      {
        id: "amount",
        title: say("prices.amount"),
        align: "end",
        width: "15%",
        cell: (row) => formatMoney(row.amount, book.currency),
      },
      {
        id: "cost",
        title: say("prices.cost"),
        align: "end",
        width: "15%",
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

function NewBook() {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const { account, person } = useSession();
  const [name, setName] = useState("");
  const add = useMutation({
    mutationFn: () =>
      createPriceBook({
        ...{ name: name.trim(), currency: account.currency },
        ...(person.operator ? {} : { ownerAccountId: account.id }),
      }),
    onSuccess() {
      setName("");
      return client.invalidateQueries({ queryKey: ["price-books"] });
    },
  });
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") add.mutate();
      }}
    >
      <TextInput
        aria-label={say("prices.bookName")}
        placeholder={say("prices.bookName")}
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={add.isPending}>
        {say("prices.addBook")}
      </Button>
      <ProblemNotice error={add.error} />
    </form>
  );
}
