import type { Store } from "./open-store.ts";

/** Small facts about the simulator itself, by key, as JSON. */
export interface Settings {
  /** The value kept under `key`, or undefined. */
  find(key: string): unknown;
  /** Keeps `value`; call it inside {@link Store.write}. */
  keep(key: string, value: unknown): void;
}

/** Reads and writes the table `settings`. */
export function openSettings(store: Store): Settings {
  const find = store.db.prepare("SELECT value FROM settings WHERE key = ?");
  const keep = store.db.prepare(
    "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  return {
    find(key) {
      const row = find.get(key);
      return row === undefined ? undefined : JSON.parse(String(row.value));
    },
    keep(key, value) {
      keep.run(key, JSON.stringify(value));
    },
  };
}
