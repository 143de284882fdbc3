import type { MediaOnTelephone } from "@recado/contract/simulator-api";
import type { Store } from "./open-store.ts";

/** A linked file that is yet to be fetched, with what its message says. */
export interface FetchRow {
  message_seq: number;
  url: string;
  kind: MediaOnTelephone["kind"];
  name: string | null;
  number_id: string;
  mobile: string;
}

/** The table `fetches`; what writes belongs inside {@link Store.write}. */
export type Fetches = ReturnType<typeof openFetches>;

/** Reads and writes the table `fetches`. */
export function openFetches(store: Store) {
  const { db } = store;
  const insert = db.prepare("INSERT INTO fetches VALUES (?, ?, ?, ?)");
  const list = db.prepare(
    `SELECT f.*, m.number_id, m.mobile FROM fetches f JOIN messages m ON m.seq = f.message_seq
     ORDER BY f.message_seq LIMIT ?`,
  );
  const remove = db.prepare("DELETE FROM fetches WHERE message_seq = ?");
  return {
    insertFetch(fetch: Omit<FetchRow, "number_id" | "mobile">): void {
      insert.run(fetch.message_seq, fetch.url, fetch.kind, fetch.name);
    },
    listFetches: (limit: number) => list.all(limit) as unknown as FetchRow[],
    /** False when it was forgotten already. */
    removeFetch: (messageSeq: number) => remove.run(messageSeq).changes > 0,
  };
}
