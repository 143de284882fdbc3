import type { Queryable } from "./connect.ts";

/** A channel's address and its sealed credentials, or null. */
export async function findSealedChannel(sql: Queryable, accountId: string, channelId: string) {
  const { rows } = await sql.query<{
    base_url: string;
    api_version: string;
    official_number: string;
    number_id: string;
    business_id: string;
    credentials: Buffer;
  }>({
    name: "find-sealed-channel",
    text: `select base_url, api_version, official_number, number_id, business_id, credentials
           from channels where account_id = $1 and id = $2`,
    values: [accountId, channelId],
  });
  const [row] = rows;
  return row
    ? {
        baseUrl: row.base_url,
        apiVersion: row.api_version,
        officialNumber: row.official_number,
        numberId: row.number_id,
        businessId: row.business_id,
        credentials: row.credentials,
      }
    : null;
}
