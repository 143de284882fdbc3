import type { SimulatedNumber } from "@recado/contract/simulator-api";
import type { Store } from "./open-store.ts";

/** An official number with what its WABA adds to it. */
export interface OfficialNumber extends Required<SimulatedNumber> {
  /** Where its webhooks really go: the number's override, else the WABA's, else its own callback. */
  effectiveCallbackUrl: string;
  /** Whether the app listens to the WABA at all. */
  subscribed: boolean;
}

/** The official numbers, kept in memory beside the table, since every call asks for one. */
export type Numbers = ReturnType<typeof openNumbers>;

interface NumberRow {
  id: string;
  waba_id: string;
  display_number: string;
  verified_name: string;
  access_token: string;
  app_secret: string;
  verify_token: string;
  callback_url: string;
  override_url: string | null;
  throughput_per_second: number;
  provider: OfficialNumber["provider"];
  app_name: string;
  callback_headers: string;
  callback_version: OfficialNumber["callbackVersion"];
  subscribed: number | null;
  waba_override: string | null;
}

const throughputPerSecondDefault = 1_000;

/** Reads and writes the tables `numbers` and `wabas`. */
export function openNumbers(store: Store) {
  const { db } = store;
  const all = db.prepare(
    `SELECT n.*, w.subscribed, w.override_url AS waba_override FROM numbers n
     LEFT JOIN wabas w ON w.id = n.waba_id ORDER BY n.rowid`,
  );
  const upsert = db.prepare(
    `INSERT INTO numbers (id, waba_id, display_number, verified_name, access_token, app_secret, verify_token,
       callback_url, throughput_per_second, provider, app_name, callback_headers, callback_version)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
     waba_id = excluded.waba_id, display_number = excluded.display_number, verified_name = excluded.verified_name,
     access_token = excluded.access_token, app_secret = excluded.app_secret, verify_token = excluded.verify_token,
     callback_url = excluded.callback_url, override_url = NULL,
     throughput_per_second = excluded.throughput_per_second, provider = excluded.provider,
     app_name = excluded.app_name, callback_headers = excluded.callback_headers,
     callback_version = excluded.callback_version`,
  );
  const setOverride = db.prepare("UPDATE numbers SET override_url = ? WHERE id = ?");
  const upsertWaba = db.prepare(
    `INSERT INTO wabas VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET
     subscribed = excluded.subscribed, override_url = excluded.override_url`,
  );
  const addWaba = db.prepare("INSERT INTO wabas VALUES (?, 1, NULL) ON CONFLICT (id) DO NOTHING");
  let byId = new Map<string, OfficialNumber>();
  let byToken = new Map<string, OfficialNumber[]>();

  function reload(): void {
    const rows = all.all() as unknown as NumberRow[];
    byId = new Map(rows.map((row) => [row.id, toOfficialNumber(row)]));
    byToken = Map.groupBy(byId.values(), (number) => number.accessToken);
  }
  reload();

  return {
    find: (id: string) => byId.get(id),
    findByDisplayNumber: (digits: string) =>
      [...byId.values()].find((number) => number.displayNumber === digits),
    /** The numbers that a token reaches at that provider. */
    listByToken: (token: string, provider: OfficialNumber["provider"]) =>
      (byToken.get(token) ?? []).filter((number) => number.provider === provider),
    list: () => [...byId.values()],
    listOfWaba: (wabaId: string) => [...byId.values()].filter((one) => one.wabaId === wabaId),
    async upsert(number: SimulatedNumber): Promise<void> {
      await store.write(() => {
        addWaba.run(number.wabaId);
        upsert.run(
          number.id,
          number.wabaId,
          number.displayNumber,
          number.verifiedName,
          number.accessToken,
          number.appSecret,
          number.verifyToken,
          number.callbackUrl,
          number.throughputPerSecond ?? throughputPerSecondDefault,
          number.provider ?? "meta",
          number.appName ?? "",
          JSON.stringify(number.callbackHeaders ?? {}),
          number.callbackVersion ?? 2,
        );
      });
      reload();
    },
    /** Null takes the override away. */
    async setOverride(id: string, url: string | null): Promise<void> {
      await store.write(() => setOverride.run(url, id));
      reload();
    },
    async setSubscription(wabaId: string, subscribed: boolean, override: string | null) {
      await store.write(() => upsertWaba.run(wabaId, subscribed ? 1 : 0, override));
      reload();
    },
  };
}

function toOfficialNumber(row: NumberRow): OfficialNumber {
  return {
    id: row.id,
    wabaId: row.waba_id,
    displayNumber: row.display_number,
    verifiedName: row.verified_name,
    accessToken: row.access_token,
    appSecret: row.app_secret,
    verifyToken: row.verify_token,
    callbackUrl: row.callback_url,
    throughputPerSecond: row.throughput_per_second,
    provider: row.provider,
    appName: row.app_name,
    callbackHeaders: JSON.parse(row.callback_headers) as Record<string, string>,
    callbackVersion: row.callback_version,
    effectiveCallbackUrl: row.override_url ?? row.waba_override ?? row.callback_url,
    subscribed: row.subscribed !== 0,
  };
}
