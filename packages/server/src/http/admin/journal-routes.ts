import * as fields from "@recado/contract/admin-fields";
import * as journal from "@recado/contract/admin-journal-api";
import type { z } from "zod";
import { accessAccount, accessJournalPost } from "../../accounts/access.ts";
import {
  browseJournal,
  browseNotices,
  choosePosts,
  countWaiting,
  type JournalRow,
  summarizeJournal,
} from "../../accounts/journal.ts";
import { describeReading, rereadJournal } from "../../gateway/reread-journal.ts";
import { AppError } from "../../platform/app-error.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";

/** What providers posted to us: listed, looked at, read again; and what they told about numbers. */
export function addJournalRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get(
    "/journal",
    { schema: { querystring: journal.journalQuery, response: { 200: journal.journalPage } } },
    async (request) => {
      const { state = null, ignored = null, limit, cursor, ...wanted } = request.query;
      const { span } = await choosePosts(deps.pool, callerOf(request), wanted);
      const filter = { ...span, state, ignored };
      const page = await browseJournal(deps.pool, filter, { limit, cursor });
      return { ...page, items: page.items.map(formatPost) };
    },
  );
  app.get(
    "/journal/summary",
    {
      schema: {
        querystring: journal.journalSummaryQuery,
        response: { 200: journal.journalSummary },
      },
    },
    async (request) => {
      const { span } = await choosePosts(deps.pool, callerOf(request), request.query);
      return summarizeJournal(deps.pool, span);
    },
  );
  app.get(
    "/journal/waiting",
    {
      schema: {
        querystring: journal.journalSummaryQuery,
        response: { 200: journal.journalWaiting },
      },
    },
    async (request) => {
      const { span } = await choosePosts(deps.pool, callerOf(request), request.query);
      return { waiting: await countWaiting(deps.pool, span) };
    },
  );
  addOnePost(app, deps);
  addReprocessing(app, deps);
  addNotices(app, deps);
}

function addOnePost(app: AdminApp, deps: AdminDeps): void {
  app.get(
    "/journal/:id",
    { schema: { params: fields.idParams, response: { 200: journal.journalPostWhole } } },
    async (request, reply) => {
      const post = await accessJournalPost(deps.pool, callerOf(request), request.params.id);
      deps.logger.info({ journalId: post.id, accountId: post.accountId }, "journal.body_shown");
      reply.header("cache-control", "no-store");
      const reads = describeReading(deps.findProvider(post.provider), post.body);
      return { post: formatPost(post), body: post.body.toString("utf8"), reads };
    },
  );
}

function addReprocessing(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/journal/reprocess",
    { schema: { body: journal.reprocessWish, response: { 200: journal.reprocessResult } } },
    async (request) => {
      const { states, ignored = null, after = null, limit, ...wanted } = request.body;
      const until = new Date(wanted.until ?? deps.clock.now());
      if (until <= new Date(wanted.since)) {
        throw new AppError("invalid_request", "until must be after since.");
      }
      const { span, channel } = await choosePosts(deps.pool, callerOf(request), {
        ...wanted,
        until: until.toISOString(),
      });
      const unread = ignored === null ? (["failed", "anomalous"] as const) : (["done"] as const);
      const choice = { ...span, channel, ignored, after, states: states ?? unread };
      const found = await rereadJournal(
        { pool: deps.pool, provider: deps.findProvider },
        { ...choice, countMax: limit },
      );
      deps.logger.info({ ...span, states, ignored, count: found.count }, "journal.reprocessed");
      return { accountId: span.accountId, until: until.toISOString(), ...found };
    },
  );
}

function addNotices(app: AdminApp, deps: AdminDeps): void {
  app.get(
    "/accounts/:id/notices",
    {
      schema: {
        params: fields.idParams,
        querystring: journal.noticeQuery,
        response: { 200: journal.noticePage },
      },
    },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const { channelId = null, ...page } = request.query;
      const found = await browseNotices(deps.pool, { accountId, channelId }, page);
      return {
        ...found,
        items: found.items.map(({ at, ...notice }) => ({ ...notice, at: at.toISOString() })),
      };
    },
  );
}

function formatPost(row: JournalRow): z.infer<typeof journal.journalPost> {
  const { id, accountId, appId, provider, state, items, ignored, error, bytes } = row;
  return {
    ...{ id, accountId, appId, provider, state, items, ignored, error, bytes },
    receivedAt: row.receivedAt.toISOString(),
    processedAt: row.processedAt?.toISOString() ?? null,
  };
}
