import type * as activity from "@recado/contract/admin-activity-api";
import type * as api from "@recado/contract/admin-api";
import type { z } from "zod";
import type { Account } from "../../accounts/accounts.ts";
import type { Delivery, Endpoint, Message, Template, Transfer } from "../../accounts/browse.ts";
import type { Channel } from "../../accounts/channels.ts";
import type { MessageTimeline } from "../../accounts/message-timeline.ts";
import type { Price, PriceBook } from "../../accounts/prices.ts";
import type { Project } from "../../accounts/projects.ts";
import type { Token } from "../../accounts/tokens.ts";
import type { User } from "../../accounts/users.ts";
import { formatMoney } from "../../domain/money.ts";

/*
 * Rows as the administration API shows them: moments as ISO 8601, money as decimals, and nothing that
 * is not named here, so that no column can slip out by being added.
 */

/** An account. */
export function formatAccount(row: Account): z.infer<typeof api.account> {
  const { accountId, parentId, name, state, currency, countries, priceBookId, timeZone } = row;
  const head = { id: accountId, parentId, name, state, currency, countries, priceBookId, timeZone };
  return { ...head, createdAt: row.createdAt.toISOString() };
}

/** A user. */
export function formatUser(row: User): z.infer<typeof api.user> {
  const { id, accountId, login, name, email, role, state } = row;
  const { hasPassword, hasSecondFactor, operator } = row;
  return {
    ...{ id, accountId, login, name, email, role, state },
    ...{ hasPassword, hasSecondFactor, operator },
    createdAt: row.createdAt.toISOString(),
  };
}

/** A token. */
export function formatToken(row: Token): z.infer<typeof api.token> {
  const { id, kind, accountId, userId, projectId, scopes, label, hint } = row;
  return {
    ...{ id, kind, accountId, userId, projectId, scopes, label, hint },
    createdAt: row.createdAt.toISOString(),
    expiresAt: formatMoment(row.expiresAt),
    revokedAt: formatMoment(row.revokedAt),
  };
}

/** A project. */
export function formatProject(row: Project): z.infer<typeof api.project> {
  const { id, accountId, kind, name, state, timeZone, channelId } = row;
  const { fallbackChannelId, marketingMax, marketingWindowS, categoryGuardLimit, deadlineS } = row;
  return {
    ...{ id, accountId, kind, name, state, timeZone, channelId },
    ...{ fallbackChannelId, marketingMax, marketingWindowS, categoryGuardLimit, deadlineS },
    createdAt: row.createdAt.toISOString(),
  };
}

/** A channel. */
export function formatChannel(row: Channel): z.infer<typeof api.channel> {
  const { id, accountId, provider, appId, officialNumber, numberId, businessId } = row;
  const { baseUrl, apiVersion, ratePerSecond, state, restReason } = row;
  return {
    ...{ id, accountId, provider, appId, officialNumber, numberId, businessId },
    ...{ baseUrl, apiVersion, ratePerSecond, state, restReason },
    restUntil: formatMoment(row.restUntil),
    createdAt: row.createdAt.toISOString(),
  };
}

/** A template. */
export function formatTemplate(row: Template): z.infer<typeof api.template> {
  const { id, number, projectId, name, language, category, status, variables, header } = row;
  const { definition, providerTemplateId, rejectedReason } = row;
  return {
    ...{ id, number, projectId, name, language, category, status, variables, header },
    ...{ definition, providerTemplateId, rejectedReason },
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** A price book. */
export function formatPriceBook(row: PriceBook): z.infer<typeof api.priceBook> {
  const { id, ownerAccountId, name, currency } = row;
  return { id, ownerAccountId, name, currency, createdAt: row.createdAt.toISOString() };
}

/** A price; what it costs the operator is not for everybody. */
export function formatPrice(row: Price, showsCost = true): z.infer<typeof api.price> {
  return {
    id: row.id,
    country: row.country,
    category: row.category,
    amount: formatMoney(row.amount),
    cost: showsCost ? formatMoney(row.cost) : null,
    validFrom: row.validFrom.toISOString(),
    validTo: formatMoment(row.validTo),
  };
}

/** A movement; `signed` is what it did to the wallet. */
export function formatTransfer(row: Transfer): z.infer<typeof activity.transfer> {
  const { causeId, kind, debit, credit, reference } = row;
  return {
    ...{ causeId, kind, debit, credit, reference },
    signed: formatMoney(debit === "wallet" ? -row.amount : row.amount),
    balanceAfter: formatMoney(row.balanceAfter),
    at: row.at.toISOString(),
  };
}

/** A message. */
export function formatMessage(row: Message): z.infer<typeof activity.message> {
  const { id, accountId, projectId, channelId, direction, mobile, category, kind } = row;
  const { template, templateName, variables, body, customField, source, status } = row;
  const { code, reason, refunded, attempts, providerMessageId } = row;
  return {
    ...{ id, accountId, projectId, channelId, direction, mobile, category, kind },
    ...{ template, templateName, variables, body, customField, source, status },
    ...{ code, reason, refunded, attempts, providerMessageId },
    userId: row.userId,
    content: row.content,
    file: row.inboundFile && formatInboundFile(row.inboundFile),
    price: formatMoney(row.price),
    deadlineAt: formatMoment(row.deadlineAt),
    acceptedAt: row.acceptedAt.toISOString(),
    submittedAt: formatMoment(row.submittedAt),
    sentAt: formatMoment(row.sentAt),
    deliveredAt: formatMoment(row.deliveredAt),
    readAt: formatMoment(row.readAt),
    failedAt: formatMoment(row.failedAt),
  };
}

/** A person's file: what it is and whether it is here. */
function formatInboundFile(
  media: NonNullable<Message["inboundFile"]>,
): z.infer<typeof activity.message>["file"] {
  const { kind, mime, name, bytes, error } = media;
  const state = media.storageKey !== null ? "stored" : error === null ? "waiting" : "failed";
  return { kind, mime, name, bytes, error, state };
}

/** A message's life. */
export function formatTimeline(
  message: Message,
  timeline: MessageTimeline,
): z.infer<typeof activity.messageTimeline> {
  return {
    message: formatMessage(message),
    attempts: timeline.attempts.map(({ number, outcome, code, reason, ...times }) => ({
      ...{ number, outcome, code, reason },
      startedAt: times.startedAt.toISOString(),
      finishedAt: formatMoment(times.finishedAt),
    })),
    events: timeline.events.map(({ seq, kind, at, data }) => ({
      ...{ kind, data },
      seq: String(seq),
      at: at.toISOString(),
    })),
    transfers: timeline.transfers.map(formatTransfer),
    deliveries: timeline.deliveries.map(formatDeliveryWithCalls),
  };
}

/** A delivery. */
export function formatDelivery(row: Delivery): z.infer<typeof activity.delivery> {
  const { id, endpointId, kind, messageId, body, state, attempts } = row;
  return {
    ...{ id, endpointId, kind, messageId, body, state, attempts },
    seq: String(row.seq),
    dueAt: formatMoment(row.dueAt),
    createdAt: row.createdAt.toISOString(),
    finishedAt: formatMoment(row.finishedAt),
  };
}

/** A delivery with every call that was made for it. */
export function formatDeliveryWithCalls(
  row: MessageTimeline["deliveries"][number],
): z.infer<typeof activity.deliveryWithCalls> {
  return {
    ...formatDelivery(row),
    calls: row.calls.map(({ number, httpStatus, error, response, ...times }) => ({
      ...{ number, httpStatus, error, response },
      startedAt: times.startedAt.toISOString(),
      finishedAt: formatMoment(times.finishedAt),
    })),
  };
}

/** An endpoint, without its secrets and without its headers, which may hold credentials. */
export function formatEndpoint(row: Endpoint): z.infer<typeof activity.endpoint> {
  const { id, accountId, projectId, url, state, disabledReason, failures } = row;
  const { events, numbers, templates, ratePerSecond } = row;
  return {
    ...{ id, accountId, projectId, url, state, disabledReason, failures },
    ...{ events, numbers, templates, ratePerSecond },
    failingSince: formatMoment(row.failingSince),
    createdAt: row.createdAt.toISOString(),
  };
}

function formatMoment(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
