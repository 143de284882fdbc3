import { Button, Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { shellWords } from "../i18n/shell-words.ts";
import styles from "./data-table.module.css";
import { ProblemNotice } from "./problem/problem-notice.tsx";

/** A column. Its `head` names the value on a telephone too, where a row is a card. */
export interface Column<Row> {
  key: string;
  head: string;
  cell(row: Row): ReactNode;
  /** Numbers and amounts stand at the right, in columns. */
  numeric?: boolean;
  /** The row's name: the first line of its card, and what a screen reader reads for it. */
  isTitle?: boolean;
  width?: string;
}

/** Where rows come from, page by page. */
export interface Pages {
  isPending: boolean;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

/**
 * Rows of one kind, dense; cards at a telephone's width. With `href`, a row leads to its page: the title is the link, and the
 * whole row can be pressed. `empty` stands in place of no rows at all.
 */
export function DataTable<Row>(props: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  href?(row: Row): string;
  pages: Pages;
  empty: ReactNode;
}) {
  const { caption, columns, rows, rowKey, href, pages, empty } = props;
  const say = shellWords.useWords();
  if (pages.error !== null && rows.length === 0) return <ProblemNotice error={pages.error} />;
  if (pages.isPending) return <Loading />;
  if (rows.length === 0) return empty;
  return (
    <>
      <table className={styles.table} data-testid="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, head, numeric = false, width }) => (
              <th
                key={key}
                scope="col"
                data-numeric={numeric}
                style={width ? { width } : undefined}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} data-leads={href !== undefined}>
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} to={href?.(row)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ProblemNotice error={pages.error} />
      {pages.hasNextPage && (
        <div className={styles.more}>
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {say("table.more")}
          </Button>
        </div>
      )}
    </>
  );
}

function Cell<Row>({ column, row, to }: { column: Column<Row>; row: Row; to: string | undefined }) {
  const { cell, head, numeric = false, isTitle = false } = column;
  const content = cell(row);
  if (!isTitle) {
    return (
      <td data-numeric={numeric} data-head={head}>
        {content}
      </td>
    );
  }
  return (
    <th scope="row" className={styles.title}>
      {to === undefined ? (
        content
      ) : (
        <Link to={to} className={styles.link}>
          {content}
        </Link>
      )}
    </th>
  );
}

const LINES = ["a", "b", "c", "d", "e", "f"];

function Loading() {
  return (
    <div className={styles.loading} aria-hidden>
      {LINES.map((line) => (
        <Skeleton key={line} height={14} radius="sm" />
      ))}
    </div>
  );
}
