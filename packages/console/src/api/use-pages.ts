import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";

/** A page of a list, as every list of the server answers. */
export interface ListPage<Row> {
  items: Row[];
  next_cursor: string | null;
}

/** The rows of a list so far, and how to get more. `fetchPage` is asked with `undefined` for the first page. */
export function usePages<Row>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<ListPage<Row>>,
  options: { enabled?: boolean; refetchMs?: number } = {},
) {
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchMs ?? false,
  });
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return { rows, pages };
}
