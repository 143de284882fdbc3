import { randomUUID } from "node:crypto";
import { createAccount } from "../accounts/accounts.ts";
import { createChannel } from "../accounts/channels.ts";
import { type Operator, stamp } from "../accounts/operator.ts";
import { createPriceBook, setPrice } from "../accounts/prices.ts";
import { createProject } from "../accounts/projects.ts";
import { createToken } from "../accounts/tokens.ts";
import { createUser } from "../accounts/users.ts";

/** A reseller, what it pays by, what its customer pays by, and its customer with one thing of each kind. */
export interface BuiltFamily {
  resellerId: string;
  /** Of the reseller's administrator, in the clear. */
  token: string;
  /** The operator's book that the reseller pays by. */
  wholesaleBookId: string;
  customerId: string;
  /** By the first part of a route: `accounts` is the customer, `price-books` the reseller's own. */
  things: Record<string, string>;
  /** The login of the customer's user. */
  login: string;
}

const CATEGORIES = ["marketing", "utility", "authentication", "service"] as const;

/** Builds a {@link BuiltFamily} through the functions that operators use. A message costs the operator 25, the reseller 60, its customer 100. */
export async function buildFamily(operator: Operator, name: string): Promise<BuiltFamily> {
  const validFrom = new Date("2020-01-01T00:00:00Z");
  const wholesale = await createPriceBook(operator, { name: `wholesale ${name}` });
  const reseller = await createAccount(operator, { name, priceBookId: wholesale.id });
  const resellerId = reseller.accountId;
  const retail = await createPriceBook(operator, { name, ownerAccountId: resellerId });
  for (const category of CATEGORIES) {
    const price = { country: "*", category, validFrom };
    const [amount, cost] = [600_000n, 250_000n];
    await setPrice(operator, { ...price, priceBookId: wholesale.id, amount, cost });
    await setPrice(operator, { ...price, priceBookId: retail.id, amount: 1_000_000n });
  }
  const customer = await createAccount(operator, {
    name: `customer of ${name}`,
    parentId: resellerId,
    priceBookId: retail.id,
  });
  const { token } = await createToken(operator, { kind: "admin", accountId: resellerId });
  const things = await buildThings(operator, customer.accountId, name);
  return {
    ...{ resellerId, token, customerId: customer.accountId, login: `login-${name}` },
    wholesaleBookId: wholesale.id,
    things: { ...things, "price-books": retail.id },
  };
}

/** One thing of each kind of an account, by the first part of its route. */
export async function buildThings(
  operator: Operator,
  accountId: string,
  name: string,
): Promise<Record<string, string>> {
  const user = await createUser(operator, { accountId, login: `login-${name}` });
  const { channel } = await createChannel(operator, {
    ...{ accountId, officialNumber: "573005202020", numberId: `n-${randomUUID()}` },
    ...{ businessId: "1", accessToken: "x", app: { appSecret: "x" } },
  });
  const project = await createProject(operator, { accountId, name, channelId: channel.id });
  const { row } = await createToken(operator, { kind: "api", accountId });
  const ids = [stamp(operator).id, stamp(operator).id, stamp(operator).id] as const;
  const [messages, endpoints, deliveries] = ids;
  const sql = operator.pool;
  await sql.query(
    `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind,
       source, status, accepted_at)
     values ($1, $2, 'in', $3, $4, '573001112233', 'utility', 'text', 'ws', 'received', now())`,
    [accountId, messages, project.id, channel.id],
  );
  await sql.query(
    `insert into endpoints (account_id, id, project_id, url, secrets, created_at)
     values ($1, $2, $3, 'https://x.example', $4, now())`,
    [accountId, endpoints, project.id, operator.secretBox.seal([], `endpoint:${endpoints}`)],
  );
  await sql.query(
    `insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, body, state, created_at)
     values ($1, $2, $3, 1, 'sent', 'x', '{}', 'delivered', now())`,
    [accountId, deliveries, endpoints],
  );
  return {
    ...{ accounts: accountId, users: user.id, projects: project.id, channels: channel.id },
    ...{ tokens: row.id, messages, endpoints, deliveries },
  };
}
