import type { Product } from "../start-product.ts";
import { runSql } from "./run-sql.ts";

/** Templates of a project are read once a minute at most, however many messages fail for them. */
const BETWEEN_READS = "1 minute";

/** Has the project's last reading of its templates lie so long ago that the next one need not be waited for. */
export async function waitOutTemplateRead(
  product: Pick<Product, "databaseUrl">,
  projectId: string,
): Promise<void> {
  const changed = await runSql(
    product,
    `update projects set templates_verified_at = templates_verified_at - $2::interval
     where id = $1 and templates_verified_at is not null`,
    [projectId, BETWEEN_READS],
  );
  if (changed !== 1) throw new Error(`the templates of ${projectId} were never read`);
}
