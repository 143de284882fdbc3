import * as fields from "@recado/contract/admin-fields";
import * as limits from "@recado/contract/admin-limits-api";
import type { z } from "zod";
import { accessAccount, accessProject } from "../../accounts/access.ts";
import {
  type BalanceAlert,
  browseAlerts,
  createAlert,
  removeAlert,
} from "../../accounts/balance-alerts.ts";
import { refuseField } from "../../accounts/check-fields.ts";
import {
  browseCampaigns,
  type Campaign,
  type Cap,
  listCaps,
  setCap,
} from "../../accounts/spend-caps.ts";
import { formatMoney } from "../../domain/money.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";
import { readAmount } from "./read-amount.ts";

/** Caps, campaigns and alerts of an account. */
export function addLimitRoutes(app: AdminApp, deps: AdminDeps): void {
  addCapRoutes(app, deps);
  addAlertRoutes(app, deps);
  const campaigns = fields.pageOf(limits.campaign);
  app.get(
    "/accounts/:id/campaigns",
    {
      schema: {
        params: fields.idParams,
        querystring: fields.pageQuery,
        response: { 200: campaigns },
      },
    },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const page = await browseCampaigns(deps, { accountId, projectId: null }, request.query);
      return { ...page, items: page.items.map(formatCampaign) };
    },
  );
}

function addCapRoutes(app: AdminApp, deps: AdminDeps): void {
  const list = async (accountId: string) => ({
    items: (await listCaps(deps, { accountId, projectId: null })).map(formatCap),
  });
  app.get(
    "/accounts/:id/caps",
    { schema: { params: fields.idParams, response: { 200: limits.capList } } },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      return list(accountId);
    },
  );
  app.post(
    "/accounts/:id/caps",
    {
      schema: {
        params: fields.idParams,
        body: limits.newCap,
        response: { 200: limits.capList },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { accountId } = await accessAccount(deps.pool, caller, request.params.id);
      const { projectId, messagesMax = null, amountMax = null, timeZone } = request.body;
      const project =
        projectId === undefined ? null : await accessProject(deps.pool, caller, projectId);
      if (project !== null && project.accountId !== accountId) {
        refuseField("projectId", "is no project of this account");
      }
      await setCap(deps, {
        ...{ accountId, project, timeZone, by: "operator" },
        messagesMax: messagesMax === null ? null : BigInt(messagesMax),
        amountMax: amountMax === null ? null : readAmount("amountMax", amountMax),
      });
      return list(accountId);
    },
  );
}

function addAlertRoutes(app: AdminApp, deps: AdminDeps): void {
  const params = fields.idParams;
  app.get(
    "/accounts/:id/balance-alerts",
    { schema: { params, response: { 200: limits.balanceAlertList } } },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      return { items: (await browseAlerts(deps, accountId)).map(formatAlert) };
    },
  );
  app.post(
    "/accounts/:id/balance-alerts",
    { schema: { params, body: limits.newBalanceAlert, response: { 201: limits.balanceAlert } } },
    async (request, reply) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const { threshold, rearmAt, webhook = true, emails = [], language = "es" } = request.body;
      if (emails.length > 0 && !deps.sendsMail) {
        refuseField("emails", "this server sends no e-mail: SMTP_URL is not set");
      }
      const alert = await createAlert(deps, {
        ...{ accountId, webhook, emails, language },
        threshold: readAmount("threshold", threshold),
        rearmAt: rearmAt === undefined ? undefined : readAmount("rearmAt", rearmAt),
      });
      return reply.code(201).send(formatAlert(alert));
    },
  );
  app.post(
    "/accounts/:id/balance-alerts/remove",
    { schema: { params, body: limits.removedAlert, response: { 200: limits.done } } },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      await removeAlert(deps, { accountId, id: request.body.alertId });
      return { done: true as const };
    },
  );
}

function formatCap(row: Cap): z.infer<typeof limits.cap> {
  const { scope, timeZone, day, messagesMax, amountMax } = row;
  return {
    ...{ scope, timeZone, day },
    projectId: scope === "project" ? row.scopeId : null,
    messagesMax: formatCount(messagesMax),
    messagesUsed: Number(row.messages),
    amountMax: formatAmount(amountMax),
    operatorMessagesMax: formatCount(row.operatorMessagesMax),
    operatorAmountMax: formatAmount(row.operatorAmountMax),
    amountUsed: formatMoney(row.amount),
    freesAt: row.freesAt.toISOString(),
  };
}

function formatCount(count: bigint | null): number | null {
  return count === null ? null : Number(count);
}

function formatAmount(amount: bigint | null): string | null {
  return amount === null ? null : formatMoney(amount);
}

function formatCampaign(row: Campaign): z.infer<typeof limits.campaign> {
  const { id, projectId, name, messagesMax, amountMax, accepted, failed, cancelled } = row;
  return {
    ...{ id, projectId, name },
    messagesMax: formatCount(messagesMax),
    amountMax: formatAmount(amountMax),
    accepted: Number(accepted),
    sent: Number(accepted - failed - cancelled),
    failed: Number(failed),
    cancelled: Number(cancelled),
    spent: formatMoney(row.spent),
    refunded: formatMoney(row.refunded),
    createdAt: row.createdAt.toISOString(),
    lastAcceptedAt: row.lastAcceptedAt?.toISOString() ?? null,
  };
}

function formatAlert(row: BalanceAlert): z.infer<typeof limits.balanceAlert> {
  const { id, webhook, emails, language, state, firedBalance } = row;
  return {
    ...{ id, webhook, emails, language, state },
    threshold: formatMoney(row.threshold),
    rearmAt: formatMoney(row.rearmAt),
    firedAt: row.firedAt?.toISOString() ?? null,
    firedBalance: firedBalance === null ? null : formatMoney(firedBalance),
    createdAt: row.createdAt.toISOString(),
  };
}
