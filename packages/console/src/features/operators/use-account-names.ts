import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { listManyAccounts } from "./operator-calls.ts";

const FRESH_MS = 60_000;
const NONE: ReadonlyMap<string, string> = new Map();

/** The names of the caller's accounts by id; of very many, those of the newest. */
export function useAccountNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ["accounts", "names"],
    queryFn: ({ signal }) => listManyAccounts(signal),
    staleTime: FRESH_MS,
  });
  return useMemo(
    () => (data ? new Map(data.items.map(({ id, name }) => [id, name])) : NONE),
    [data],
  );
}
