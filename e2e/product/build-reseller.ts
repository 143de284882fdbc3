import { randomUUID } from "node:crypto";
import pg from "pg";
import type { Product } from "../start-product.ts";

/** A reseller with two customers, settled days, and somebody who administers it. */
export interface BuiltReseller {
  id: string;
  name: string;
  customers: { id: string; name: string }[];
  person: { login: string; password: string };
}

/** As many whole days before today (UTC) as are settled. */
const SETTLED_DAYS = 40;
const DAY_MS = 86_400_000;

/**
 * Builds a reseller as an operator does, by the command line. Its settled days are written into the database, as the product leaves them
 * after days that no test can wait for: three messages a day at 100 each, of which 60 is owed.
 */
export async function buildReseller(product: Product, name: string): Promise<BuiltReseller> {
  const { cli } = product;
  const make = async (...args: string[]) => (await cli.json<{ id: string }>(args)).id;
  const wholesale = await make("price-book", "create", `Mayorista de ${name}`);
  const price = ["--country", "CO", "--category", "service", "--amount", "60", "--cost", "25"];
  await make("price", "set", wholesale, ...price);
  const id = await make("account", "create", name, "--price-book", wholesale);
  const person = { login: `jefa-${randomUUID().slice(0, 8)}`, password: `clave ${randomUUID()}` };
  const role = ["--role", "owner", "--password", "-", "--name", "Ana del Valle"];
  await cli.json(["user", "create", id, person.login, ...role], `${person.password}\n`);
  await cli.json(["topup", id, "5000000", "--reference", "banco-1"]);
  const customers = [];
  for (const each of ["Panadería La Espiga", "Óptica Mirador"]) {
    const customer = `${each} de ${name}`;
    customers.push({
      id: await make("account", "create", customer, "--parent", id),
      name: customer,
    });
  }
  await writeSettledDays(product, id, customers[0]?.id ?? "");
  return { id, name, customers, person };
}

async function writeSettledDays(product: Product, id: string, customerId: string): Promise<void> {
  const client = new pg.Client({ connectionString: product.databaseUrl() });
  await client.connect();
  try {
    const today = new Date().toISOString().slice(0, 10);
    for (let back = SETTLED_DAYS; back > 0; back -= 1) {
      const day = new Date(Date.parse(today) - back * DAY_MS).toISOString().slice(0, 10);
      await client.query(
        `insert into settlements (account_id, day, cause_id, messages, resale, wholesale, posted_at)
         values ($1, $2, $3, 3, 3000000, 1800000, now())`,
        [id, day, randomUUID()],
      );
      await client.query(
        `insert into usage_lines (account_id, day, line, reseller_id, category, country, price, wholesale, cost,
           charged, refunded, reversed)
         values ($1, $2, 1, $3, 'service', 'CO', 1000000, 600000, 250000, 3, 0, 0)`,
        [customerId, day, id],
      );
    }
    await client.query(
      `insert into usage_progress (account_id, counted_until, settled_until) values ($1, $2, $2)
       on conflict (account_id) do update set settled_until = excluded.settled_until`,
      [id, today],
    );
  } finally {
    await client.end();
  }
}
