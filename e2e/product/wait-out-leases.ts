import type { Product } from "../start-product.ts";
import { runSql } from "./run-sql.ts";

/**
 * Has the half minute be over for which webhooks are left to whoever was calling when it was killed. The process that started last
 * is the one that lives, and what it is calling stays its own.
 */
export async function waitOutLeases(product: Pick<Product, "databaseUrl">): Promise<void> {
  await runSql(
    product,
    `update deliveries set due_at = now() where state = 'calling'
       and owner <> (select id from instances order by started_at desc, id desc limit 1)`,
  );
}
