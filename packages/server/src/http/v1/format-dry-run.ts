import type { dryRun } from "@recado/contract/v1/messages";
import type { z } from "zod";
import { formatMoney } from "../../domain/money.ts";
import type { DryRun } from "../../gateway/dry-run.ts";
import { formatProblem } from "../problem.ts";

/** What would happen, as `/v1` shows it. */
export function formatDryRun(run: DryRun): z.input<typeof dryRun> {
  const { problem, projectId, category, text, price, balance, currency, warnings, window } = run;
  return {
    acceptable: problem === null,
    problem: problem && formatProblem(problem.code, problem),
    project_id: projectId,
    ...{ category, text, currency, warnings },
    media: run.media && {
      reachable: run.media.reachable,
      type: run.media.type,
      bytes: Number.isFinite(run.media.bytes) ? run.media.bytes : null,
    },
    window: window && {
      open: window.closesAt !== null,
      last_message_at: window.lastMessageAt?.toISOString() ?? null,
      closes_at: window.closesAt?.toISOString() ?? null,
    },
    price: price === null ? null : formatMoney(price),
    balance: formatMoney(balance),
    balance_after: price === null ? null : formatMoney(balance - price),
  };
}
