import pg from "pg";
import type { Product } from "../start-product.ts";

/** Runs a statement in the product's database, and gives how many rows it changed: for what comes by itself, only later. */
export async function runSql(
  product: Pick<Product, "databaseUrl">,
  text: string,
  values: readonly unknown[] = [],
): Promise<number> {
  const client = new pg.Client({ connectionString: product.databaseUrl() });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
