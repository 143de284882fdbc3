import { findDifferences } from "../../../live/find-differences.ts";
import { threadKey } from "../../../live/live-model.ts";
import { loadSetting } from "../../../ui/local-setting.ts";
import type { Desk } from "./desk.ts";
import { inboxApi } from "./inbox-api.ts";

/** How long nothing must happen before the state is compared. */
const QUIET_MS = 1_500;
/** What says how something was come by, and what a clock moves. */
const PASSING = ["version"];

let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * For developers (`localStorage["recado.verifyLive"] = "1"`): after changes, everything that is loaded is loaded afresh and
 * compared with what changes made of the old state. What differs is shown at the foot of the inbox.
 */
export function verifyLive(desk: Desk): void {
  if (loadSetting("verifyLive") === null) return;
  clearTimeout(timer);
  timer = setTimeout(() => void compareAll(desk), QUIET_MS);
}

/** Compares all rows and the newest page of every thread; tells nothing while something is still happening. */
export async function compareAll(desk: Desk): Promise<readonly string[]> {
  const before = desk.model.get();
  const found: string[] = [];
  for (const row of before.rows.values()) {
    const fresh = await inboxApi.conversation(row.id).catch(() => null);
    if (fresh === null) found.push(`row ${row.id}: it is gone`);
    else found.push(...differ(`row ${row.id}`, row, fresh.conversation));
    const thread = before.threads.get(threadKey(row));
    if (thread?.loaded !== true || thread.newerCursor !== null) continue;
    const page = await inboxApi.thread(row.id);
    const items = thread.items.slice(-page.items.length);
    found.push(...differ(`thread ${row.id}`, items, page.items));
  }
  // Something happened in the meantime: the comparison is of two different moments.
  if (desk.model.get().seq !== before.seq) return [];
  desk.differences.update(() => found);
  return found;
}

function differ(name: string, here: unknown, fresh: unknown): string[] {
  return findDifferences(here, fresh, { passing: PASSING }).map((each) => `${name}: ${each}`);
}
