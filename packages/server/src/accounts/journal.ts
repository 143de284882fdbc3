import { AppError } from "../platform/app-error.ts";
import { type ChannelNotice, listNotices } from "../storage/channel-notices.ts";
import { findProviderApp } from "../storage/channels.ts";
import type { Queryable } from "../storage/connect.ts";
import {
  countJournalStates,
  countWaitingJournal,
  type JournalSpan,
  type JournalState,
  type JournalView,
  listIgnoredKinds,
  listJournal,
} from "../storage/journal-history.ts";
import { accessAccount, accessChannel } from "./access.ts";
import type { Caller } from "./authenticate.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";

/** A provider's post, without its body. */
export type JournalRow = JournalView;

/** Whose posts, exactly one of the three, and of which span. */
export interface WantedPosts {
  accountId?: string | undefined;
  appId?: string | undefined;
  channelId?: string | undefined;
  /** ISO 8601. */
  since?: string | undefined;
  until?: string | undefined;
}

/** Posts that a caller may see, and the number that they were asked for by; null: none. */
export interface ChosenPosts {
  span: JournalSpan;
  channel: { accountId: string; channelId: string } | null;
}

/** Finds whose posts are meant: those of an app, or of a channel's app, lie with the account that owns the app. */
export async function choosePosts(
  sql: Queryable,
  caller: Caller,
  wanted: WantedPosts,
): Promise<ChosenPosts> {
  const { accountId, appId, channelId, since, until } = wanted;
  if ([accountId, appId, channelId].filter((one) => one !== undefined).length !== 1) {
    throw new AppError("invalid_request", "Say exactly one of accountId, appId and channelId.");
  }
  const times = {
    since: since === undefined ? null : new Date(since),
    until: until === undefined ? null : new Date(until),
  };
  if (accountId !== undefined) {
    await accessAccount(sql, caller, accountId);
    return { span: { accountId, appId: null, ...times }, channel: null };
  }
  const channel = channelId === undefined ? null : await accessChannel(sql, caller, channelId);
  const app = await findProviderApp(sql, channel?.appId ?? appId ?? "");
  if (!app) throw new AppError("not_found", "There is no such app.");
  await accessAccount(sql, caller, app.accountId);
  return {
    span: { accountId: app.accountId, appId: app.id, ...times },
    channel: channel && { accountId: channel.accountId, channelId: channel.id },
  };
}

/** Posts, newest first. */
export function browseJournal(
  sql: Queryable,
  filter: JournalSpan & { state: JournalState | null; ignored: string | null },
  page: PageRequest,
): Promise<Page<JournalRow>> {
  return readPage(page, (slice) => listJournal(sql, filter, slice));
}

/** How many posts are in which state, and what was ignored in them. */
export async function summarizeJournal(sql: Queryable, span: JournalSpan) {
  const counts = await countJournalStates(sql, span);
  return { ...counts, ignored: await listIgnoredKinds(sql, span) };
}

/** How many posts wait to be read. */
export function countWaiting(sql: Queryable, span: JournalSpan): Promise<number> {
  return countWaitingJournal(sql, span);
}

/** What providers told about an account's numbers, newest first. */
export function browseNotices(
  sql: Queryable,
  filter: { accountId: string; channelId: string | null },
  page: PageRequest,
): Promise<Page<ChannelNotice>> {
  return readPage(page, (slice) => listNotices(sql, filter, slice));
}
