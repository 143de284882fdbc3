import { useMutation, useQueryClient } from "@tanstack/react-query";
import { catalogueQuery } from "./inbox-settings-calls.ts";

/** A change of labels, teams or replies; the lists are read anew after it. */
export function useCatalogueChange<Wish>(change: (wish: Wish) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: catalogueQuery.queryKey }),
  });
}
