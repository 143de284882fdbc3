import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import {
  accessAlert,
  browseAlerts,
  createAlert,
  removeAlert,
} from "../../accounts/balance-alerts.ts";
import { refuseField } from "../../accounts/check-fields.ts";
import { browseCampaigns, findCampaign, listCaps, setCampaign } from "../../accounts/spend-caps.ts";
import { AppError } from "../../platform/app-error.ts";
import { readAmount } from "../admin/read-amount.ts";
import { formatAlert, formatCampaign, formatCap } from "./format-limits.ts";
import { chooseProject } from "./message-routes.ts";
import { pickProject } from "./pick-project.ts";
import type { Serve } from "./serve.ts";
import type { V1Caller, V1Deps } from "./v1-deps.ts";

/** Caps, campaigns and alerts. */
export function serveLimits(serve: Serve, deps: V1Deps): void {
  serve(calls.listCaps, async ({ caller: { accountId, projectId } }) => ({
    items: (await listCaps(deps, { accountId, projectId })).map(formatCap),
  }));
  serveCampaigns(serve, deps);
  serveAlerts(serve, deps);
}

function serveCampaigns(serve: Serve, deps: V1Deps): void {
  serve(calls.listCampaigns, async ({ caller, query }) => {
    const projectId = await chooseProject(deps, caller, query.project_id);
    const of = { accountId: caller.accountId, projectId };
    const { items, nextCursor } = await browseCampaigns(deps, of, query);
    return { items: items.map(formatCampaign), next_cursor: nextCursor };
  });
  serve(calls.getCampaign, async ({ caller, params, query }) => {
    const { accountId, id: projectId } = await pickProject(deps, caller, query.project_id);
    return formatCampaign(await findCampaign(deps, { accountId, projectId, name: params.name }));
  });
  serve(calls.setCampaign, async ({ caller, params, body }) => {
    const { accountId, id: projectId } = await pickProject(deps, caller, body.project_id);
    const { messages_max = null, amount_max = null } = body;
    const limits = {
      messagesMax: messages_max === null ? null : BigInt(messages_max),
      amountMax: amount_max === null ? null : readAmount("amount_max", amount_max),
    };
    const campaign = { accountId, projectId, name: params.name, ...limits };
    return formatCampaign(await setCampaign(deps, campaign));
  });
}

function serveAlerts(serve: Serve, deps: V1Deps): void {
  serve(calls.createBalanceAlert, async ({ caller, body, reply }) => {
    checkWhole(caller);
    if (body.emails.length > 0 && !deps.sendsMail) {
      refuseField("emails", "this installation sends no e-mail; use the webhook");
    }
    const { threshold, rearm_at, ...wish } = body;
    const alert = await createAlert(deps, {
      ...wish,
      accountId: caller.accountId,
      threshold: readAmount("threshold", threshold),
      rearmAt: rearm_at === undefined ? undefined : readAmount("rearm_at", rearm_at),
    });
    reply.header("location", `/v1/balance-alerts/${alert.id}`);
    return formatAlert(alert);
  });
  serve(calls.listBalanceAlerts, async ({ caller }) => {
    checkWhole(caller);
    return { items: (await browseAlerts(deps, caller.accountId)).map(formatAlert) };
  });
  serve(calls.getBalanceAlert, async ({ caller, params }) =>
    formatAlert(await accessAlert(deps, ownAlert(caller, params.id))),
  );
  serve(calls.deleteBalanceAlert, async ({ caller, params }) =>
    removeAlert(deps, ownAlert(caller, params.id)),
  );
}

/** A balance is the whole account's. To a token of one project its alerts are nobody's. */
function ownAlert(caller: V1Caller, id: string): { accountId: string; id: string } {
  if (caller.projectId !== null) throw new AppError("not_found", "There is no such alert.");
  return { accountId: caller.accountId, id };
}

function checkWhole(caller: V1Caller): void {
  if (caller.projectId === null) return;
  throw new AppError(
    "forbidden",
    "This token is confined to a project, and the balance is the whole account's.",
  );
}
