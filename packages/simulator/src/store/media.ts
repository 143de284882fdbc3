import type { MediaOnTelephone } from "@recado/contract/simulator-api";
import type { Store } from "./open-store.ts";

/** A file that the simulator keeps. */
export interface MediaRow {
  id: string;
  /** The official number that it belongs to. */
  number_id: string;
  mime: string;
  bytes: number;
  /** Hex. */
  sha256: string;
  name: string | null;
  source_url: string | null;
  /** Who brought it: the business by upload or by link, or the person. */
  origin: "upload" | "link" | "person";
  created_at: number;
}

const uploadLifeMs = 30 * 24 * 60 * 60 * 1000;
const inboundLifeMs = 7 * 24 * 60 * 60 * 1000;
const linkCacheMs = 10 * 60 * 1000;

/** What is known of the files; the bytes are in files beside the database. */
export type MediaTable = ReturnType<typeof openMediaTable>;

/** Reads and writes the table `media`. */
export function openMediaTable(store: Store) {
  const { db } = store;
  const insert = db.prepare("INSERT INTO media VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const byId = db.prepare("SELECT * FROM media WHERE id = ?");
  const byLink = db.prepare(
    "SELECT * FROM media WHERE source_url = ? AND created_at > ? ORDER BY created_at DESC LIMIT 1",
  );
  const release = db.prepare("UPDATE media SET created_at = 0, source_url = NULL WHERE id = ?");
  return {
    /** Inside {@link Store.write}. */
    insert(row: MediaRow): void {
      insert.run(
        row.id,
        row.number_id,
        row.mime,
        row.bytes,
        row.sha256,
        row.name,
        row.source_url,
        row.origin,
        row.created_at,
      );
    },
    find: (id: string) => byId.get(id) as MediaRow | undefined,
    /** A file whose id still works: 30 days for what was uploaded, 7 for what a person sent (4). */
    findLiving(id: string, now: number): MediaRow | undefined {
      const row = byId.get(id) as MediaRow | undefined;
      if (row === undefined) return undefined;
      const lifeMs = row.origin === "person" ? inboundLifeMs : uploadLifeMs;
      return now - row.created_at < lifeMs ? row : undefined;
    },
    /** What the link gave in the last 10 minutes (1.4). */
    findByLink: (url: string, now: number) =>
      byLink.get(url, now - linkCacheMs) as MediaRow | undefined,
    /** Its id works no longer; the bytes stay. Inside {@link Store.write}. */
    release: (id: string) => release.run(id),
  };
}

/** How a telephone shows the file. */
export function toMediaOnTelephone(
  row: MediaRow,
  kind: MediaOnTelephone["kind"],
  name: string | null,
): MediaOnTelephone {
  return { kind, name: name ?? row.name, mime: row.mime, bytes: row.bytes, sha256: row.sha256 };
}
