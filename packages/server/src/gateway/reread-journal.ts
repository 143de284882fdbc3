import type { Provider } from "../providers/provider.ts";
import type { Queryable } from "../storage/connect.ts";
import {
  listChannelNames,
  listRereadable,
  type RereadChoice,
  resetJournal,
} from "../storage/journal-history.ts";

/** Which posts to read again, oldest first. */
export interface RereadWish extends Omit<RereadChoice, "countMax"> {
  /** Only what concerns this number; null: all. */
  channel: { accountId: string; channelId: string } | null;
  countMax: number;
}

/** How it went. */
export interface Reread {
  /** Posts that are to be read again now. */
  count: number;
  /** Where to go on; null: that was all. */
  next: string | null;
}

/** Posts that are looked into at a time: each may have 3 MB. */
const LOOK_POSTS = 20;
/** Posts that one call looks into for a number. */
const LOOKS_MAX = 2_000;

/**
 * Puts posts back to be read again by the lane, at most `countMax` at a time: fresh posts of the account wait
 * behind them. Safe to repeat: what was followed before is recognised by its own keys, and told to nobody twice.
 */
export async function rereadJournal(
  deps: { pool: Queryable; provider(name: string): Provider | null },
  wish: RereadWish,
): Promise<Reread> {
  if (wish.channel !== null) return rereadChannel(deps, wish, wish.channel);
  const rows = await listRereadable(deps.pool, { ...wish, withBody: false });
  const count = await resetJournal(
    deps.pool,
    wish.accountId,
    rows.map((row) => row.id),
  );
  return { count, next: rows.length === wish.countMax ? (rows.at(-1)?.id ?? null) : null };
}

async function rereadChannel(
  deps: { pool: Queryable; provider(name: string): Provider | null },
  wish: RereadWish,
  channel: { accountId: string; channelId: string },
): Promise<Reread> {
  const names = await listChannelNames(deps.pool, channel);
  const ids = new Set(names.flatMap(({ numberId, businessId }) => [numberId, businessId]));
  let { after } = wish;
  let count = 0;
  let room = wish.countMax;
  for (let looked = 0; looked < LOOKS_MAX; looked += LOOK_POSTS) {
    const look = { ...wish, after, countMax: LOOK_POSTS, withBody: true };
    const rows = await listRereadable(deps.pool, look);
    const theirs = rows.filter(({ provider, body }) =>
      concerns(deps.provider(provider), body ?? Buffer.alloc(0), ids),
    );
    const chosen = theirs.slice(0, room).map((row) => row.id);
    count += await resetJournal(deps.pool, wish.accountId, chosen);
    // Full, and perhaps in the middle of what was looked into: the next call begins behind the last that was taken.
    room -= chosen.length;
    if (room === 0) return { count, next: chosen.at(-1) ?? after };
    after = rows.at(-1)?.id ?? after;
    if (rows.length < LOOK_POSTS) return { count, next: null };
  }
  return { count, next: after };
}

/** What cannot be read at all may concern anybody. */
function concerns(provider: Provider | null, body: Buffer, ids: ReadonlySet<string>): boolean {
  const result = provider?.receive(body);
  if (result?.kind !== "items") return true;
  return result.items.some((item) => {
    const named = [
      "numberId" in item ? item.numberId : null,
      "businessId" in item ? item.businessId : null,
    ];
    // What is not known may hold anything.
    return item.kind === "unsupported" || named.some((id) => id !== null && ids.has(id));
  });
}

/** What today's program reads out of a post, in few words. */
export function describeReading(
  provider: Provider | null,
  body: Buffer,
): { kind: string; what: string }[] {
  const result = provider?.receive(body);
  if (!result) return [];
  if (result.kind === "anomalous") return [{ kind: "anomalous", what: result.why }];
  return result.items.slice(0, 1_000).map((item) => {
    if (item.kind === "status") return { kind: item.kind, what: item.status };
    if (item.kind === "message") return { kind: item.kind, what: item.type };
    if (item.kind === "template") return { kind: item.kind, what: item.name };
    if ("what" in item) return { kind: item.kind, what: item.what };
    return { kind: item.kind, what: "target" in item ? item.target : item.marketing };
  });
}
