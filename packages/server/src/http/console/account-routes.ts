import type { TokenScope } from "@recado/contract/admin-api";
import type {
  auditEntry,
  projectCap,
  project as projectSchema,
  token as tokenSchema,
} from "@recado/contract/console/account";
import { CONSOLE_OPERATIONS as calls } from "@recado/contract/console/operations";
import type { z } from "zod";
import { accessProject, accessToken } from "../../accounts/access.ts";
import { type AuditEntry, browseAudit } from "../../accounts/audit.ts";
import { browseProjects, browseTokens } from "../../accounts/browse.ts";
import { type Project, updateProject } from "../../accounts/projects.ts";
import { listCaps, setCap } from "../../accounts/spend-caps.ts";
import { createToken, revokeToken, type Token } from "../../accounts/tokens.ts";
import { formatMoney } from "../../domain/money.ts";
import { AppError } from "../../platform/app-error.ts";
import { readAmount } from "../admin/read-amount.ts";
import { type ConsoleCaller, type ConsoleDeps, sessionOf } from "./console-deps.ts";
import { type ConsoleServe, checkPermission } from "./serve-console.ts";

/** What the account has: tokens, projects, and what was changed by whom. */
export function serveAccount(serve: ConsoleServe, deps: ConsoleDeps): void {
  serveTokens(serve, deps);
  serveProjects(serve, deps);
  serve(calls.listChanges, async ({ caller, query }) => {
    const { action = null, path = null, ...page } = query;
    const { accountId } = caller;
    const filter = { accountId, action, path, tokenId: null, resellerId: null };
    // What the operator and a reseller do to the account is theirs to tell: it may show what they pay.
    const own = { ...filter, actorAccountId: accountId };
    const { items, nextCursor } = await browseAudit(deps.pool, own, page);
    return { items: items.map(formatEntry), next_cursor: nextCursor };
  });
}

function serveTokens(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.listTokens, async ({ caller, query }) => {
    const { items, nextCursor } = await browseTokens(deps.pool, caller.accountId, query);
    return { items: items.map(formatToken), next_cursor: nextCursor };
  });
  serve(calls.createToken, async ({ caller, body, request }) => {
    const { kind, label, scopes = [], project_id: projectId, expires_at: expiresAt } = body;
    checkMayGrant(caller, kind, scopes);
    const { token, row } = await createToken(deps, {
      ...{ kind, label, projectId, scopes, accountId: caller.accountId },
      userId: kind === "ws" ? caller.userId : undefined,
      expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
    });
    const login = kind === "ws" ? (sessionOf(request)?.login ?? null) : null;
    return { token, login, row: formatToken(row) };
  });
  serve(calls.revokeToken, async ({ caller, params }) => {
    const token = await accessToken(deps.pool, caller, params.id);
    // It administers a reseller: to end it is for who administers the account.
    if (token.kind === "admin") checkPermission(caller, "settings.write");
    await revokeToken(deps, token);
    return formatToken(await accessToken(deps.pool, caller, token.id));
  });
}

function serveProjects(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.listProjects, async ({ caller, query }) => {
    const { items, nextCursor } = await browseProjects(deps.pool, caller.accountId, query);
    return { items: items.map(formatProject), next_cursor: nextCursor };
  });
  serve(calls.getProject, async ({ caller, params }) =>
    formatProject(await accessProject(deps.pool, caller, params.id)),
  );
  serve(calls.changeProject, async ({ caller, params, body }) => {
    const project = await accessProject(deps.pool, caller, params.id);
    const changed = await updateProject(deps, project, {
      name: body.name,
      timeZone: body.time_zone,
      marketingMax: body.marketing_max,
      marketingWindowS: body.marketing_window_s,
      categoryGuardLimit: body.category_guard_limit,
      deadlineS: body.deadline_s,
    });
    return formatProject(changed);
  });
  serve(calls.getProjectCap, async ({ caller, params }) =>
    readCap(deps, await accessProject(deps.pool, caller, params.id)),
  );
  serve(calls.setProjectCap, async ({ caller, params, body }) => {
    const project = await accessProject(deps.pool, caller, params.id);
    const { messages_max, amount_max } = body;
    await setCap(deps, {
      ...{ accountId: caller.accountId, project, by: "own" },
      messagesMax: messages_max === null ? null : BigInt(messages_max),
      amountMax: amount_max === null ? null : readAmount("amount_max", amount_max),
    });
    return readCap(deps, project);
  });
}

async function readCap(
  deps: ConsoleDeps,
  { accountId, id }: Project,
): Promise<z.input<typeof projectCap>> {
  const caps = await listCaps(deps, { accountId, projectId: id });
  const cap = caps.find(({ scope }) => scope === "project");
  const { operatorMessagesMax = null, operatorAmountMax = null } = cap ?? {};
  return {
    messages_max: formatCount(cap?.ownMessagesMax ?? null),
    amount_max: formatAmount(cap?.ownAmountMax ?? null),
    operator: {
      messages_max: formatCount(operatorMessagesMax),
      amount_max: formatAmount(operatorAmountMax),
    },
    today: cap
      ? {
          messages_used: Number(cap.messages),
          amount_used: formatMoney(cap.amount),
          time_zone: cap.timeZone,
          frees_at: cap.freesAt.toISOString(),
        }
      : null,
  };
}

function formatCount(count: bigint | null): number | null {
  return count === null ? null : Number(count);
}

function formatAmount(amount: bigint | null): string | null {
  return amount === null ? null : formatMoney(amount);
}

/** A token can do no more than who makes it. */
function checkMayGrant(
  caller: ConsoleCaller,
  kind: "ws" | "api",
  scopes: readonly TokenScope[],
): void {
  if (kind === "ws") checkPermission(caller, "messages.send");
  const beyond = scopes.filter((scope) => !caller.scopes.includes(scope));
  if (beyond.length > 0) {
    throw new AppError(
      "forbidden",
      `Your role lacks what this token would have: ${beyond.join(", ")}.`,
    );
  }
}

function formatToken(row: Token): z.input<typeof tokenSchema> {
  const { id, kind, label, hint, scopes } = row;
  return {
    ...{ id, kind, label, hint, scopes },
    project_id: row.projectId,
    user_id: row.userId,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
  };
}

function formatProject(row: Project): z.input<typeof projectSchema> {
  const { id, kind, name, state } = row;
  return {
    ...{ id, kind, name, state },
    time_zone: row.timeZone,
    channel_id: row.channelId,
    fallback_channel_id: row.fallbackChannelId,
    marketing_max: row.marketingMax,
    marketing_window_s: row.marketingWindowS,
    category_guard_limit: row.categoryGuardLimit,
    deadline_s: row.deadlineS,
    created_at: row.createdAt.toISOString(),
  };
}

function formatEntry(row: AuditEntry): z.input<typeof auditEntry> {
  const { id, action, login, address, status, before, after, request } = row;
  return {
    ...{ id, action, login, address, status, before, after, request },
    at: row.at.toISOString(),
    target_id: row.targetId,
    user_id: row.userId,
    token_label: row.tokenLabel,
  };
}
