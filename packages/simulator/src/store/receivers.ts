import type { ReceivedWebhook } from "@recado/contract/simulator-api";
import type { Store } from "./open-store.ts";

/** How a receiver answers its next deliveries. */
export interface ReceiverBehaviour {
  status: number;
  delayMs: number;
  /** Deliveries that are still to be answered so. */
  times: number;
}

/** A webhook that a receiver took, as a row. */
export interface ReceivedRow {
  seq: number;
  name: string;
  at: number;
  headers: string;
  raw: string;
  answered: number;
  signature: "valid" | "invalid" | null;
}

/** The receivers and what came; what writes belongs inside {@link Store.write}. */
export type Receivers = ReturnType<typeof openReceivers>;

/** Reads and writes the tables `receivers` and `received`. */
export function openReceivers(store: Store) {
  const { db } = store;
  const upsertSecret = db.prepare(
    "INSERT INTO receivers VALUES (?, ?, NULL) ON CONFLICT (name) DO UPDATE SET secret = excluded.secret",
  );
  const upsertBehaviour = db.prepare(
    "INSERT INTO receivers VALUES (?, NULL, ?) ON CONFLICT (name) DO UPDATE SET behaviour = excluded.behaviour",
  );
  const byName = db.prepare("SELECT * FROM receivers WHERE name = ?");
  const insert = db.prepare("INSERT INTO received VALUES (?, ?, ?, ?, ?, ?, ?)");
  const page = db.prepare("SELECT * FROM received WHERE name = ? AND seq > ? ORDER BY seq LIMIT ?");
  const after = db.prepare("SELECT * FROM received WHERE seq > ? ORDER BY seq LIMIT ?");
  const names = db.prepare(
    "SELECT name FROM receivers UNION SELECT DISTINCT name FROM received ORDER BY name",
  );
  return {
    keepSecret: (name: string, secret: string) => upsertSecret.run(name, secret),
    /** Null means that all is well again. */
    keepBehaviour: (name: string, behaviour: ReceiverBehaviour | null) =>
      upsertBehaviour.run(name, behaviour === null ? null : JSON.stringify(behaviour)),
    find(name: string): { secret: string | null; behaviour: ReceiverBehaviour | null } {
      const row = byName.get(name);
      return {
        secret: (row?.secret ?? null) as string | null,
        behaviour: row?.behaviour ? JSON.parse(String(row.behaviour)) : null,
      };
    },
    insert(received: Omit<ReceivedRow, "seq">): void {
      insert.run(
        store.nextSequence(),
        received.name,
        received.at,
        received.headers,
        received.raw,
        received.answered,
        received.signature,
      );
    },
    /** At most `limit` deliveries to that receiver after `seq`, oldest first. */
    page: (name: string, seq: number, limit: number) =>
      page.all(name, seq, limit) as unknown as ReceivedRow[],
    listAfter: (seq: number, limit: number) => after.all(seq, limit) as unknown as ReceivedRow[],
    listNames: () => names.all().map((row) => String(row.name)),
  };
}

/** A row as `GET /sim/receiver/<name>` lists it; a body that is no JSON is null there, and whole in `raw`. */
export function toReceivedWebhook(row: ReceivedRow): ReceivedWebhook {
  return {
    at: new Date(row.at).toISOString(),
    headers: JSON.parse(row.headers) as Record<string, string>,
    body: parseBody(row.raw),
    raw: row.raw,
    answered: row.answered,
    signature: row.signature,
  };
}

function parseBody(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}
