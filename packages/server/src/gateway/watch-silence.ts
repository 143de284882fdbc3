import type { Logger } from "pino";
import { findSilence, HISTORY_MS } from "../domain/silence.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import { emitAccountEvents } from "../storage/account-events.ts";
import {
  countHours,
  deleteAlarms,
  deleteHours,
  deleteIdleAlarms,
  findHours,
  findLastAccount,
  findWatchedChannels,
  insertAlarms,
  type WatchedChannel,
} from "../storage/channel-alarms.ts";
import {
  allowScans,
  type Database,
  type Transaction,
  withTransaction,
} from "../storage/connect.ts";

/** What watching for silence needs. */
export interface SilenceDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  logger: Logger;
}

const HOUR_MS = 3_600_000;
/** Hours that are counted anew each time: the running one and the one before. */
const RECOUNTED_MS = 2 * HOUR_MS;
const ACCOUNTS_PER_PAGE = 100;

/**
 * Looks at every number in use: one that usually receives and has gone silent raises an alarm, once, as
 * an event of its account (`channel.silent`) and an error in the log; the next message ends it
 * (`channel.heard`). Safe to repeat and to miss.
 */
export async function watchSilence(deps: SilenceDeps): Promise<{ silent: number; heard: number }> {
  const nowMs = deps.clock.now();
  const total = { silent: 0, heard: 0 };
  await deleteIdleAlarms(deps.pool);
  await deleteHours(deps.pool, new Date(nowMs - HISTORY_MS - 24 * HOUR_MS));
  let after: string | null = null;
  do {
    const channels = await findWatchedChannels(deps.pool, after, ACCOUNTS_PER_PAGE);
    after = await findLastAccount(deps.pool, after, ACCOUNTS_PER_PAGE);
    for (const group of Map.groupBy(channels, (channel) => channel.accountId).values()) {
      try {
        const found = await withTransaction(deps.pool, (sql) =>
          watchAccount(sql, deps, { group, nowMs }),
        );
        total.silent += found.silent;
        total.heard += found.heard;
      } catch (error) {
        // One account's trouble must not leave the others unwatched.
        deps.logger.error({ err: error, accountId: group[0]?.accountId }, "silence.failed");
      }
    }
  } while (after !== null);
  return total;
}

async function watchAccount(
  sql: Transaction,
  deps: SilenceDeps,
  { group, nowMs }: { group: readonly WatchedChannel[]; nowMs: number },
): Promise<{ silent: number; heard: number }> {
  const accountId = group[0]?.accountId ?? "";
  await allowScans(sql);
  const recountMs = Math.floor((nowMs - RECOUNTED_MS) / HOUR_MS) * HOUR_MS;
  await countHours(sql, accountId, new Date(recountMs));
  const hours = await findHours(sql, accountId, new Date(nowMs - HISTORY_MS));
  const judged = group.map((channel) => ({
    channel,
    silence: findSilence(hours.get(channel.channelId) ?? new Map(), nowMs),
  }));
  const alarms = judged.flatMap(({ channel, silence }) =>
    silence && !channel.alarmed
      ? [
          {
            channelId: channel.channelId,
            silentSince: new Date(silence.sinceMs),
            expected: silence.expected,
          },
        ]
      : [],
  );
  const over = judged.flatMap(({ channel, silence }) =>
    channel.alarmed && !silence && wasHeard(hours.get(channel.channelId), nowMs)
      ? [channel.channelId]
      : [],
  );
  const raised = new Set(await insertAlarms(sql, accountId, { alarms, at: new Date(nowMs) }));
  const heard = new Set(await deleteAlarms(sql, accountId, over));
  await tell(sql, deps, {
    group,
    nowMs,
    raised: alarms.filter((alarm) => raised.has(alarm.channelId)),
    heard,
  });
  return { silent: raised.size, heard: heard.size };
}

/** Only a message ends an alarm: that a quiet hour follows proves nothing. */
function wasHeard(counts: ReadonlyMap<number, number> | undefined, nowMs: number): boolean {
  const lastMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  return [lastMs, lastMs - HOUR_MS].some((hourMs) => (counts?.get(hourMs) ?? 0) > 0);
}

async function tell(
  sql: Transaction,
  deps: SilenceDeps,
  what: {
    group: readonly WatchedChannel[];
    nowMs: number;
    raised: readonly { channelId: string; silentSince: Date; expected: number }[];
    heard: ReadonlySet<string>;
  },
): Promise<void> {
  const { group, nowMs } = what;
  const of = new Map(group.map((channel) => [channel.channelId, channel]));
  const news = [
    ...what.raised.map((alarm) => ({
      type: "channel.silent" as const,
      subject: alarm.channelId,
      data: { silent_since: alarm.silentSince.toISOString(), expected: alarm.expected },
    })),
    ...[...what.heard].map((channelId) => ({
      type: "channel.heard" as const,
      subject: channelId,
      data: {},
    })),
  ];
  const accountId = group[0]?.accountId ?? "";
  const events = news.map(({ data, ...event }) => {
    const officialNumber = of.get(event.subject)?.officialNumber;
    const named = { channel_id: event.subject, official_number: officialNumber, ...data };
    return { ...event, projectId: null, officialNumber, data: named };
  });
  for (const { type, data } of events) {
    if (type === "channel.silent") deps.logger.error({ accountId, ...data }, type);
    else deps.logger.info({ accountId, ...data }, type);
  }
  // Last: the account's counter is locked from here to the commit.
  if (events.length > 0) await emitAccountEvents(sql, deps, { accountId, nowMs, events });
}
