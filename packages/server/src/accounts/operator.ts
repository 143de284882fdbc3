import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { SecretBox } from "../platform/secret-box.ts";
import type { Database } from "../storage/connect.ts";

/** What everything that changes accounts and their things is handed. */
export interface Operator {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  /** Seals credentials: `channel:<id>` for a channel's token, `app:<id>` for an app's secrets. */
  secretBox: SecretBox;
}

/** A fresh id and the moment that it carries. */
export function stamp(operator: Pick<Operator, "clock" | "ids">): { id: string; at: Date } {
  const nowMs = operator.clock.now();
  return { id: operator.ids.next(nowMs), at: new Date(nowMs) };
}
