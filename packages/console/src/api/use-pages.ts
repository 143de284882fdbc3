import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";

interface PageOf<Item> {
  items: Item[];
  next_cursor: string | null;
}

/** A list that the server gives page by page: the rows so far, and how to get more, ready for `DataTable`. */
export function usePages<Item>(
  queryKey: readonly unknown[],
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Item>>,
  options: {
    /** Look again by itself so often, while the page is in sight. */
    refetchMs?: number;
  } = {},
): {
  rows: Item[] | undefined;
  error: Error | null;
  more: { load(): void; loading: boolean } | undefined;
} {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    select: allItems<Item>,
    refetchInterval: options.refetchMs ?? false,
  });
  return {
    rows: query.data,
    error: query.error,
    more: query.hasNextPage
      ? { load: () => void query.fetchNextPage(), loading: query.isFetchingNextPage }
      : undefined,
  };
}

function allItems<Item>(data: InfiniteData<PageOf<Item>, unknown>): Item[] {
  return data.pages.flatMap(({ items }) => items);
}
