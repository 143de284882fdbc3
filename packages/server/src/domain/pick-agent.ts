/** Somebody who may be given a conversation. */
export interface Candidate {
  userId: string;
  /** Open conversations that it has. */
  open: number;
  /** Null: the project's capacity holds. */
  capacity: number | null;
  /** When a rule last gave it one; null: never. */
  givenAtMs: number | null;
}

/** How conversations are given out. */
export type GivingMode = "round_robin" | "least_busy";

/**
 * Whom a conversation goes to; null: everybody has as much as they may have. In the round it is who was given one longest ago; of
 * the busy, who has the fewest, and of equals again who was given one longest ago.
 */
export function pickAgent<Agent extends Candidate>(
  candidates: readonly Agent[],
  rule: { mode: GivingMode; capacity: number },
): Agent | null {
  const free = candidates.filter(({ open, capacity }) => open < (capacity ?? rule.capacity));
  const byTurn = (left: Agent, right: Agent) =>
    (left.givenAtMs ?? 0) - (right.givenAtMs ?? 0) || (left.userId < right.userId ? -1 : 1);
  const byLoad = (left: Agent, right: Agent) => left.open - right.open || byTurn(left, right);
  return free.toSorted(rule.mode === "round_robin" ? byTurn : byLoad)[0] ?? null;
}
