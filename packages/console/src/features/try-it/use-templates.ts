import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import type { template } from "@recado/contract/v1/templates";
import { useQuery } from "@tanstack/react-query";
import { callV1 } from "../../api/call.ts";

/** A template as `/v1` shows it. */
export type Template = (typeof template)["_zod"]["output"];

const PAGES_MAX = 10;

/** Every approved template that can be sent now. */
export function useTemplates() {
  return useQuery({
    queryKey: ["templates", "approved"],
    async queryFn({ signal }) {
      const all: Template[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const { items, next_cursor } = await callV1<typeof V1_OPERATIONS.listTemplates>({
          method: "GET",
          path: "/templates",
          query: { status: "approved", limit: 100, cursor },
          signal,
        });
        all.push(...items);
        if (next_cursor === null) break;
        cursor = next_cursor;
      }
      return all;
    },
  });
}
