import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { waitUntil } from "../product/wait-until.ts";
import type { ChaosWorld } from "./chaos-world.ts";
import type {
  CallerSend,
  ChaosRecords,
  OfferedLoad,
  StoredDelivery,
  StoredEvent,
  StoredMessage,
  StoredTransfer,
  SubmittedMessage,
  TroubleRecord,
} from "./records.ts";

/** What the demonstration charges for a utility message: 28 pesos. */
const PRICE = 28n * 10_000n;
const QUIET_MS = 2_000;

/** Resolves with null when nobody owes anybody anything any more, or after `limitMs` with what is still owed. */
export async function waitUntilQuiet(world: ChaosWorld, limitMs: number): Promise<string | null> {
  let owed = "";
  let quietSince = 0;
  const quiet = async () => {
    owed = await describeOwed(world).catch((error: unknown) => `no answer: ${error}`);
    if (owed !== "") quietSince = 0;
    else quietSince ||= performance.now();
    return quietSince > 0 && performance.now() - quietSince > QUIET_MS;
  };
  return waitUntil("quiet", quiet, limitMs).then(
    () => null,
    () => owed || "it was not quiet for long enough",
  );
}

/** Empty when nothing is. */
async function describeOwed(world: ChaosWorld): Promise<string> {
  const [row] = await query<Record<string, string>>(
    world,
    `select (select count(*) from messages where lane is not null) as messages,
       (select count(*) from deliveries where state in ('pending', 'calling')) as deliveries,
       (select count(*) from journal where state = 'new') as posts,
       (select count(*) from parked_statuses) as "parked statuses"`,
  );
  const theirs = readSimulator(
    world,
    "select (select count(*) from steps) as steps, (select count(*) from outbox) + (select count(*) from posts) as events",
  );
  const counts = { ...row, ...theirs[0] };
  return Object.entries(counts)
    .filter(([, count]) => Number(count) > 0)
    .map(([what, count]) => `${count} ${what}`)
    .join(", ");
}

/** Reads what all four witnesses have written down. */
export async function gatherRecords(
  world: ChaosWorld,
  known: { sends: CallerSend[]; troubles: TroubleRecord[]; load: OfferedLoad },
): Promise<ChaosRecords> {
  const { receiver, demo, servers, simulator, cli } = world;
  const [account] = await query<{ id: string; balance: string }>(
    world,
    `select u.account_id as id, w.balance from logins u join wallets w using (account_id) where u.login = '${demo.login}'`,
  );
  const own = `account_id = '${account?.id}'`;
  const verified = await cli.run(["wallet", "verify"]);
  return {
    price: PRICE,
    ...known,
    callsLost: world.toProvider.lost(),
    messages: await findMessages(world, own),
    transfers: await query<StoredTransfer>(
      world,
      `select cause_id as "causeId", kind, debit, credit, amount from transfers where ${own}`,
    ),
    events: await query<StoredEvent>(
      world,
      `select seq, message_id as "messageId", kind from events where ${own}`,
    ),
    deliveries: await query<StoredDelivery>(
      world,
      `select id, message_id as "messageId", kind, seq, state from deliveries where ${own}`,
    ),
    balance: BigInt(account?.balance ?? 0),
    strayRows: await countStrayRows(world, own),
    submitted: readSimulator(
      world,
      "select id, mobile, coalesce(opaque, '') as opaque, status from messages where direction = 'in'",
    ) as unknown as SubmittedMessage[],
    received: receiver.taken,
    forged: receiver.forged,
    walletVerified: verified.code === 0,
    ownEndings: [...servers.map(({ program }) => program), simulator].flatMap(
      (one) => one.ownEndings,
    ),
  };
}

/**
 * Calls to WhatsApp that were under way in a server when it was killed just now: those without an outcome. Asked as soon as the
 * database answers; when that is late, what others have concluded of them meanwhile counts as well.
 */
export async function countCallsUnderWay(world: ChaosWorld, pid: number): Promise<number> {
  const ask = (outcomes: string) =>
    query<{ count: bigint }>(
      world,
      `select count(*) as count from attempts a join instances i on i.id = a.owner
       where i.pid = ${pid} and (a.outcome is null or a.outcome = any ('${outcomes}'::text[]))`,
    ).then(
      ([row]) => Number(row?.count ?? 0),
      () => null,
    );
  const atOnce = await ask("{}");
  if (atOnce !== null) return atOnce;
  return waitUntil("the database to answer", () => ask("{unknown,not-made}"), 120_000);
}

function findMessages(world: ChaosWorld, own: string): Promise<StoredMessage[]> {
  return query(
    world,
    `select id, mobile, status, lane, code, reason, price, refunded, coalesce(a.unknown, 0)::int as "unknownCalls"
     from messages m left join (
       select message_id, count(*) filter (where outcome = 'unknown' or outcome is null) as unknown
       from attempts where ${own} group by message_id
     ) a on a.message_id = m.id
     where ${own} and direction = 'out'`,
  );
}

/** Of all accounts but the one that sends: what was refused to them must not be there. */
async function countStrayRows(world: ChaosWorld, own: string): Promise<number> {
  const [row] = await query<{ count: bigint }>(
    world,
    `select (select count(*) from messages where not ${own}) + (select count(*) from idempotency_keys where not ${own})
       + (select count(*) from transfers where not ${own} and kind <> 'topup') as count`,
  );
  return Number(row?.count ?? 0);
}

/** Asks PostgreSQL itself, past the cables. */
async function query<T extends pg.QueryResultRow>(world: ChaosWorld, text: string): Promise<T[]> {
  const client = new pg.Client({
    connectionString: world.postgres.url,
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === pg.types.builtins.INT8 ? BigInt : pg.types.getTypeParser(oid, format as "text"),
    } as pg.CustomTypesConfig,
  });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

function readSimulator(world: ChaosWorld, text: string): Record<string, unknown>[] {
  const db = new DatabaseSync(world.simulatorFile, { readOnly: true, timeout: 5_000 });
  try {
    return db.prepare(text).all();
  } finally {
    db.close();
  }
}
