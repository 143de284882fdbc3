import type { Operator } from "../accounts/operator.ts";
import { describeGuard } from "../domain/category-guard.ts";
import type { TemplateCategory } from "../domain/template.ts";
import { AppError } from "../platform/app-error.ts";
import { touchAccount } from "../storage/accounts.ts";
import { withTransaction } from "../storage/connect.ts";
import { insertTemplateChanges } from "../storage/template-changes.ts";
import { resetGuardCount } from "../storage/template-guards.ts";
import { lockTemplate, type TemplateRow, updateTemplate } from "../storage/templates.ts";
import { formatLine } from "./template-facts.ts";

/**
 * Decides about a template that became dearer: accepted, it is sent again without a limit; rejected, it stays stopped until
 * somebody accepts after all. Refuses with `conflict` one that waits for no decision, or that has moved on since `category`.
 */
export async function decideCategory(
  operator: Operator,
  key: { accountId: string; id: string },
  wish: { decision: "accept" | "reject"; category?: TemplateCategory | undefined },
): Promise<TemplateRow> {
  return withTransaction(operator.pool, async (sql) => {
    const row = await lockTemplate(sql, key);
    if (!row || row.deletedAt !== null)
      throw new AppError("not_found", "There is no such template.");
    const { guard } = row;
    if (guard === null) {
      throw new AppError("conflict", "The template's category waits for no decision.");
    }
    const { decision, category = guard.now } = wish;
    if (category !== guard.now) {
      throw new AppError("conflict", `By now it is ${guard.now}: look at its prices again.`);
    }
    const nowMs = operator.clock.now();
    const at = new Date(nowMs);
    const rejected = { ...guard, state: "rejected" as const };
    const decided = { ...row, guard: decision === "accept" ? null : rejected, updatedAt: at };
    await updateTemplate(sql, decided, at);
    if (decision === "accept") await resetGuardCount(sql, row);
    const to = decision === "accept" ? null : "rejected";
    const change = { kind: "guard" as const, from: guard.state, to, reason: describeGuard(guard) };
    const line = formatLine(operator, row, {
      ...change,
      applied: true,
      source: "person",
      at,
      nowMs,
    });
    await insertTemplateChanges(sql, [line]);
    await touchAccount(sql, [row.accountId]);
    return decided;
  });
}
