import type { LimitsView, OptOutRules } from "../domain/limits.ts";
import type { Queryable } from "./connect.ts";

/** The limits of an account, for its snapshot. */
export async function findLimits(sql: Queryable, accountId: string): Promise<LimitsView> {
  const { rows } = await sql.query<{
    capped: boolean;
    levels: bigint[];
    rules: (OptOutRules & { projectId: string })[] | null;
  }>(
    `select exists (select from spend_caps where account_id = $1) as capped,
       array(
         select distinct level from balance_alerts, unnest(array[threshold, rearm_at]) as level
         where account_id = $1
       ) as levels,
       (select json_agg(json_build_object('projectId', project_id, 'outWords', out_words,
          'inWords', in_words, 'outReply', out_reply, 'inReply', in_reply))
        from opt_out_rules where account_id = $1) as rules`,
    [accountId],
  );
  const { capped = false, levels = [], rules } = rows[0] ?? {};
  return {
    capped,
    alertLevels: levels,
    optOutRules: new Map((rules ?? []).map(({ projectId, ...rule }) => [projectId, rule])),
  };
}
