import type { ratingPage } from "@recado/contract/console/work";
import type { z } from "zod";
import { cutPage } from "../accounts/page.ts";
import { listRatings } from "../storage/ratings.ts";
import { type ReportRequest, readScope } from "./work-report.ts";
import type { SettingsDeps } from "./work-settings.ts";

/** What people answered to the question after the end, newest first. */
export async function browseRatings(
  deps: Pick<SettingsDeps, "pool">,
  request: ReportRequest,
  slice: { before: { at: Date; id: string } | null; limit: number },
): Promise<z.infer<typeof ratingPage>> {
  const filter = readScope(request);
  const rows = await listRatings(deps.pool, filter, { ...slice, limit: slice.limit + 1 });
  const page = cutPage(rows, slice.limit, (row) => [String(row.answeredAt.getTime()), row.id]);
  return {
    items: page.items.map((row) => ({
      id: row.id,
      conversation_id: row.conversationId,
      project_id: row.projectId,
      user_id: row.userId,
      score: row.score,
      comment: row.comment,
      asked_at: row.askedAt.toISOString(),
      answered_at: row.answeredAt.toISOString(),
    })),
    next_cursor: page.nextCursor,
  };
}
