import type { OutboxRow } from "../store/events.ts";
import type { OfficialNumber } from "../store/numbers.ts";
import { formatMetaJson } from "./meta-json.ts";

/** Statuses in one change; more of them make several changes of one entry. */
const statusesPerChange = 25;

/** The events of one number that go out together. */
export interface NumberEvents {
  number: OfficialNumber;
  rows: OutboxRow[];
}

/**
 * The body of one POST (fact sheet 3.3): an entry for every WABA, changes for every number, statuses gathered.
 *
 * @param nowMs for `entry.time` of account fields
 */
export function formatWebhookBody(events: NumberEvents[], nowMs: number): string {
  const byWaba = new Map<string, { changes: string[]; hasField: boolean }>();
  for (const { number, rows } of events) {
    const entry = byWaba.get(number.wabaId) ?? { changes: [], hasField: false };
    byWaba.set(number.wabaId, entry);
    entry.changes.push(...formatChanges(number, rows));
    if (rows.some((row) => row.kind === "field")) entry.hasField = true;
  }
  const entries = [...byWaba].map(([wabaId, { changes, hasField }]) => {
    const time = hasField ? `,"time":${Math.floor(nowMs / 1000)}` : "";
    return `{"id":${formatMetaJson(wabaId)}${time},"changes":[${changes.join(",")}]}`;
  });
  return `{"object":"whatsapp_business_account","entry":[${entries.join(",")}]}`;
}

function formatChanges(number: OfficialNumber, rows: OutboxRow[]): string[] {
  const head = `"messaging_product":"whatsapp","metadata":${formatMetaJson({
    display_phone_number: number.displayNumber,
    phone_number_id: number.id,
  })}`;
  const changes: string[] = [];
  let statuses: string[] = [];
  const closeStatuses = () => {
    if (statuses.length === 0) return;
    changes.push(`{"value":{${head},"statuses":[${statuses.join(",")}]},"field":"messages"}`);
    statuses = [];
  };
  for (const row of rows) {
    if (row.kind === "status") {
      statuses.push(row.json);
      if (statuses.length === statusesPerChange) closeStatuses();
      continue;
    }
    closeStatuses();
    changes.push(
      row.kind === "field" ? row.json : `{"value":{${head},${row.json}},"field":"messages"}`,
    );
  }
  closeStatuses();
  return changes;
}
