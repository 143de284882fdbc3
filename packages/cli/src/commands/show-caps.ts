import type { cap } from "@recado/contract/admin-limits-api";
import type { z } from "zod";
import type { Shell } from "../shell.ts";
import { formatMoment } from "../table.ts";

/** Shows caps with what of them is used. */
export function showCaps(shell: Shell, caps: readonly z.infer<typeof cap>[]): void {
  const share = (used: number | string, max: number | string | null) =>
    max === null ? `${used}` : `${used} of ${max}`;
  shell.showRows(caps, [
    ["OF", (row) => row.projectId ?? "the account"],
    ["DAY", (row) => row.day],
    ["MESSAGES", (row) => share(row.messagesUsed, row.messagesMax)],
    ["AMOUNT", (row) => share(row.amountUsed, row.amountMax)],
    ["OPERATOR'S", (row) => `${row.operatorMessagesMax ?? "-"} / ${row.operatorAmountMax ?? "-"}`],
    ["FREES", (row) => formatMoment(row.freesAt)],
    ["ZONE", (row) => row.timeZone],
  ]);
}
