import { findPrice, type MessageCategory } from "../domain/account-snapshot.ts";
import type { Clock } from "../platform/clock.ts";
import { type ChannelNotice, listNotices } from "../storage/channel-notices.ts";
import type { Database } from "../storage/connect.ts";
import { findNumberHealth, type NumberHealth } from "../storage/number-health.ts";
import { findSnapshot } from "../storage/snapshots.ts";
import { browseChannels } from "./browse.ts";
import type { Channel } from "./channels.ts";

/** An official number with all that its account should know of it. */
export interface OwnNumber {
  channel: Channel;
  health: NumberHealth | null;
  notices: ChannelNotice[];
}

/** More numbers than any account has; the rest is not shown. */
const NUMBERS_MAX = 100;
const NOTICES_MAX = 5;
const CATEGORIES: readonly MessageCategory[] = [
  "marketing",
  "utility",
  "authentication",
  "service",
];

/** The account's numbers with their health, newest first. */
export async function readOwnNumbers(pool: Database, accountId: string): Promise<OwnNumber[]> {
  const [{ items }, health] = await Promise.all([
    browseChannels(pool, accountId, { limit: NUMBERS_MAX, cursor: undefined }),
    findNumberHealth(pool, accountId),
  ]);
  const byChannel = new Map(health.map((one) => [one.channelId, one]));
  const slice = { before: null, limit: NOTICES_MAX };
  return Promise.all(
    items.map(async (channel) => ({
      channel,
      health: byChannel.get(channel.id) ?? null,
      notices: await listNotices(pool, { accountId, channelId: channel.id }, slice),
    })),
  );
}

/** What messages cost the account now, in each of its countries; an amount of null: such messages are refused. */
export async function readOwnPrices(deps: { pool: Database; clock: Clock }, accountId: string) {
  const snapshot = await findSnapshot(deps.pool, accountId);
  const nowMs = deps.clock.now();
  const items = (snapshot?.countries ?? []).flatMap((country) =>
    CATEGORIES.map((category) => ({
      ...{ country, category },
      amount: snapshot && findPrice(snapshot, { country, category }, nowMs),
    })),
  );
  return { currency: snapshot?.currency ?? "", items };
}
