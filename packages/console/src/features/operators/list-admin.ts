import type { pageQuery } from "@recado/contract/admin-fields";
import { callAdmin } from "../../api/call.ts";
import type { AdminCallOf, Schema } from "../../api/operation.ts";

interface ListOf<Row, Query extends Schema> {
  answer: { _zod: { output: { items: Row[]; nextCursor: string | null }; input: unknown } };
  query: Query;
}

/** A page of a list of `/admin`, for `usePages`: `/admin` names a list's cursor otherwise than `/v1`. */
export async function listAdmin<Row, Query extends Schema = typeof pageQuery>(
  path: string,
  query: Query["_zod"]["input"],
  signal: AbortSignal,
): Promise<{ items: Row[]; next_cursor: string | null }> {
  const call = { method: "GET", path, query, signal } as const;
  const { items, nextCursor } = await callAdmin<ListOf<Row, Query>>(
    call as unknown as AdminCallOf<ListOf<Row, Query>>,
  );
  return { items, next_cursor: nextCursor };
}
