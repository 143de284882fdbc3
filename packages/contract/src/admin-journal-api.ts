import { z } from "zod";
import { id, moment, momentOrNull, pageOf, pageQuery, text } from "./admin-fields.ts";

/* The administration API, third part: what providers posted to us, raw, and what they told about numbers. */

/** How far a post has come: `new` waits to be read, `anomalous` was none of its provider's. */
export const JOURNAL_STATES = ["new", "done", "failed", "anomalous"] as const;
const state = z.enum(JOURNAL_STATES);

/** Most posts that one call puts back to be read again. */
export const REPROCESS_POSTS_MAX = 1_000;

/** A provider's post. */
export const journalPost = z.object({
  id,
  accountId: id,
  appId: id,
  provider: z.string(),
  receivedAt: z.string(),
  processedAt: momentOrNull,
  state,
  /** Things that were read out of it; null until then. */
  items: z.number().nullable(),
  /** What was named and not acted upon, with how often. */
  ignored: z.record(z.string(), z.number()).nullable(),
  error: z.string().nullable(),
  bytes: z.number(),
});
export const journalPage = pageOf(journalPost);

/** A post with its body (personal data) and what today's program reads out of it. */
export const journalPostWhole = z.object({
  post: journalPost,
  body: z.string(),
  reads: z.array(z.object({ kind: z.string(), what: z.string() })),
});

/** Whose posts: exactly one of the three. A channel's posts come through its app. */
const whose = {
  accountId: id.optional(),
  appId: id.optional(),
  channelId: id.optional(),
};
const span = {
  since: moment.optional(),
  until: moment.optional(),
};
/** A name out of `ignored`. */
const ignored = text(200).optional();

export const journalQuery = pageQuery.extend({
  ...whose,
  ...span,
  state: state.optional(),
  ignored,
});
export const journalSummaryQuery = z.strictObject({ ...whose, ...span });

/** How many posts of a span are in which state, and what was ignored in them, the most frequent first. */
export const journalSummary = z.object({
  new: z.number(),
  done: z.number(),
  failed: z.number(),
  anomalous: z.number(),
  ignored: z.array(z.object({ what: z.string(), posts: z.number() })),
});

/** How many posts of a span wait to be read. */
export const journalWaiting = z.object({ waiting: z.number() });

/** Which posts to read again, oldest first. What has been followed already is not followed twice. */
export const reprocessWish = z.strictObject({
  ...whose,
  since: moment,
  until: moment.optional(),
  /** Default: those that could not be read; with `ignored`, those that were. */
  states: z
    .array(z.enum(["done", "failed", "anomalous"]))
    .min(1)
    .optional(),
  ignored,
  /** The `next` of the call before. */
  after: id.optional(),
  limit: z.number().int().min(1).max(REPROCESS_POSTS_MAX).default(500),
});
/** `next`: there may be more; call again with it as `after`. */
export const reprocessResult = z.object({
  accountId: id,
  count: z.number(),
  until: z.string(),
  next: id.nullable(),
});

/** What a provider told about a number, or about the business account that it belongs to. */
export const channelNotice = z.object({
  id,
  accountId: id,
  /** Null: it concerns the business account. */
  channelId: id.nullable(),
  what: z.string(),
  at: z.string(),
  data: z.unknown(),
});
export const noticePage = pageOf(channelNotice);
export const noticeQuery = pageQuery.extend({ channelId: id.optional() });
