import type { Queryable } from "./connect.ts";

/** What signs a provider's webhooks, sealed; null when there is no such app. */
export async function findSealedApp(
  sql: Queryable,
  appId: string,
): Promise<{ accountId: string; provider: string; secrets: Buffer } | null> {
  const { rows } = await sql.query<{ account_id: string; provider: string; secrets: Buffer }>({
    name: "find-sealed-app",
    text: "select account_id, provider, secrets from provider_apps where id = $1",
    values: [appId],
  });
  const [row] = rows;
  return row ? { accountId: row.account_id, provider: row.provider, secrets: row.secrets } : null;
}
