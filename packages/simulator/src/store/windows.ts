import type { Store } from "./open-store.ts";

const windowMs = 24 * 60 * 60 * 1000;

/** The customer service windows (fact sheet 6.3) and the refusals that a telephone has counted. */
export type Windows = ReturnType<typeof openWindows>;

/** Reads and writes the tables `windows` and `refusals`. */
export function openWindows(store: Store) {
  const { db } = store;
  const open = db.prepare(
    `INSERT INTO windows VALUES (?, ?, ?) ON CONFLICT (number_id, mobile)
     DO UPDATE SET opened_at = max(opened_at, excluded.opened_at)`,
  );
  const openedAt = db.prepare("SELECT opened_at FROM windows WHERE number_id = ? AND mobile = ?");
  const count = db.prepare(
    `INSERT INTO refusals VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET times = times + 1 RETURNING times`,
  );
  const forget = db.prepare("DELETE FROM refusals WHERE key = ?");
  return {
    /** The user wrote to the number at `at`; inside {@link Store.write}. */
    open: (numberId: string, mobile: string, at: number) => open.run(numberId, mobile, at),
    /** Whether anything but a template may be sent now. */
    isOpen(numberId: string, mobile: string, now: number): boolean {
      const row = openedAt.get(numberId, mobile);
      return row !== undefined && now - Number(row.opened_at) < windowMs;
    },
    /** Counts one more refusal and says which one it is; inside {@link Store.write}. */
    countRefusal: (key: string) => Number(count.get(key)?.times),
    /** The next message of that key is refused anew; inside {@link Store.write}. */
    forgetRefusals: (key: string) => forget.run(key),
  };
}
