import { Button, Skeleton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import {
  type ColumnDef,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type KeyboardEvent, type ReactNode, useMemo } from "react";
import { shellWords } from "../../i18n/shell-words.ts";
import styles from "./data-table.module.css";

/** A column of a table. */
export interface Column<Row> {
  id: string;
  title: string;
  cell(row: Row): ReactNode;
  /** Gives what the rows are sorted by; without it the column cannot be sorted. Only for lists that are here whole. */
  sort?(row: Row): string | number | null;
  /** `end` for numbers and money. */
  align?: "end";
  /** As CSS: `120px`, `20%`. Without it the column takes what its content needs. */
  width?: string;
  /** On a telephone: the headline of the card, or not shown at all. Otherwise a line with the column's title. */
  card?: "headline" | "hidden" | "bare";
}

interface TableProps<Row> {
  /** What the table is of, for who cannot see it. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while they are on their way. */
  rows: readonly Row[] | undefined;
  /** They could not be had, which the page says: nothing is on its way. */
  failed?: boolean;
  rowId(row: Row): string;
  /** Makes rows open something, by pointer and by Enter. */
  onOpen?: (row: Row) => void;
  /** Which row is open beside the table. */
  openId?: string | undefined;
  /** Shown instead of an empty table. */
  empty: ReactNode;
  /** There are more rows at the server. */
  more?: { load(): void; loading: boolean } | undefined;
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const NO_ROWS: never[] = [];
const SKELETON_ROWS = ["one", "two", "three", "four", "five", "six"] as const;

/**
 * A dense table with one line for each thing; at 760 px and below every row is a card. Its head stays in sight. Keep `columns`
 * stable (`useMemo`).
 */
export function DataTable<Row extends RowData>(props: TableProps<Row>) {
  const { label, columns, rows, rowId, empty, more, failed = false } = props;
  const say = shellWords.useWords();
  const table = useTable({
    features,
    data: rows ?? NO_ROWS,
    columns: useMemo(() => columns.map((each) => defineColumn<Row>(each)), [columns]),
    getRowId: rowId,
  });
  if (rows === undefined && failed) return null;
  if (rows !== undefined && rows.length === 0) return <>{empty}</>;
  return (
    <>
      <table className={styles.table} aria-label={label} aria-busy={rows === undefined}>
        <thead>
          <tr>
            {table.getFlatHeaders().map(({ column }) => {
              const shown = columns.find(({ id }) => id === column.id);
              if (shown === undefined) return null;
              const sorted = column.getIsSorted();
              return (
                <th
                  key={column.id}
                  scope="col"
                  data-align={shown.align}
                  style={{ width: shown.width }}
                  {...(sorted === false
                    ? {}
                    : { "aria-sort": sorted === "asc" ? "ascending" : "descending" })}
                >
                  {shown.sort === undefined ? (
                    shown.title
                  ) : (
                    <button
                      type="button"
                      className={styles.sort}
                      onClick={column.getToggleSortingHandler()}
                      title={say("table.sortBy", { column: shown.title })}
                    >
                      {shown.title}
                      {sorted === "asc" && <IconArrowUp size={13} aria-hidden />}
                      {sorted === "desc" && <IconArrowDown size={13} aria-hidden />}
                    </button>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows === undefined
            ? SKELETON_ROWS.map((each) => <SkeletonRow key={each} columns={columns} />)
            : table
                .getRowModel()
                .rows.map(({ id, original }) => <TableRow key={id} row={original} {...props} />)}
        </tbody>
      </table>
      {more !== undefined && (
        <div className={styles.more}>
          <Button
            variant="default"
            onClick={more.load}
            loading={more.loading}
            data-testid="more-rows"
          >
            {say("table.more")}
          </Button>
        </div>
      )}
    </>
  );
}

function TableRow<Row>({ row, columns, rowId, onOpen, openId }: TableProps<Row> & { row: Row }) {
  const open = onOpen === undefined ? undefined : () => onOpen(row);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.target !== event.currentTarget) return;
    open?.();
  };
  return (
    <tr
      {...(open === undefined
        ? {}
        : { onClick: open, onKeyDown: press, tabIndex: 0, "data-opens": true })}
      data-open={openId !== undefined && openId === rowId(row)}
      data-testid="row"
      data-id={rowId(row)}
    >
      {columns.map(({ id, title, cell, align, card }) => (
        <td key={id} data-align={align} data-card={card} data-title={title}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}

function SkeletonRow<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <tr>
      {columns.map(({ id, card, title, align }, i) => (
        <td key={id} data-card={card} data-title={title}>
          <Skeleton
            height={10}
            width={i === 0 ? "70%" : "45%"}
            ml={align === "end" ? "auto" : undefined}
            radius="sm"
          />
        </td>
      ))}
    </tr>
  );
}

function defineColumn<Row extends RowData>({
  id,
  sort,
}: Column<Row>): ColumnDef<typeof features, Row> {
  return {
    id,
    accessorFn: (row: Row) => sort?.(row) ?? null,
    enableSorting: sort !== undefined,
    sortFn: (one, other) => compare(one.getValue(id), other.getValue(id)),
  };
}

function compare(one: unknown, other: unknown): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? -1 : 1;
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), "es", { numeric: true, sensitivity: "base" });
}
