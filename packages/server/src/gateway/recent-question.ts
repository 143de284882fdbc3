import type { RecentQuestion } from "../storage/accepting.ts";
import type { ResolvedSend } from "./decide.ts";

/** A repeat inside this window answers 9. */
export const REPEAT_WINDOW_MS = 60_000;

/** What is asked about earlier messages to judge a send. */
export function askAboutRecent(send: ResolvedSend, nowMs: number): RecentQuestion {
  return {
    accountId: send.snapshot?.accountId ?? "",
    projectId: send.project?.id ?? "",
    mobile: send.mobile?.digits ?? "",
    digest: send.digest,
    repeatSinceMs: nowMs - REPEAT_WINDOW_MS,
    marketingSinceMs:
      send.category === "marketing" ? nowMs - (send.project?.marketingWindowMs ?? 0) : null,
  };
}
