import type { TemplateStatus } from "../domain/template.ts";
import type { Queryable } from "./connect.ts";

/** A template as it stands at the business account of another number. */
export interface TemplateTwin {
  templateId: string;
  providerTemplateId: string;
  status: TemplateStatus;
}

/** Replaces what is known of the twins of these templates at a number: those not among `twins` have none there. */
export async function replaceTwins(
  sql: Queryable,
  place: { accountId: string; channelId: string; templateIds: readonly string[] },
  found: { twins: readonly TemplateTwin[]; at: Date },
): Promise<void> {
  await sql.query(
    `delete from template_twins where account_id = $1 and channel_id = $2 and template_id = any($3::uuid[])`,
    [place.accountId, place.channelId, place.templateIds],
  );
  await sql.query(
    `insert into template_twins (account_id, channel_id, template_id, provider_template_id, status, checked_at)
     select $1, $2, t.template_id, t.provider_template_id, t.status, $6
     from unnest($3::uuid[], $4::text[], $5::text[]) as t(template_id, provider_template_id, status)`,
    [
      place.accountId,
      place.channelId,
      found.twins.map((twin) => twin.templateId),
      found.twins.map((twin) => twin.providerTemplateId),
      found.twins.map((twin) => twin.status),
      found.at,
    ],
  );
}

/** Notes what the provider says of a twin; answers whether there is one. */
export async function updateTwinStatus(
  sql: Queryable,
  twin: { accountId: string; providerTemplateId: string; status: TemplateStatus; at: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update template_twins set status = $3, checked_at = $4
     where account_id = $1 and provider_template_id = $2`,
    [twin.accountId, twin.providerTemplateId, twin.status, twin.at],
  );
  return (rowCount ?? 0) > 0;
}
