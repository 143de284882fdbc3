import type { MagicRole } from "./magic.ts";

/** Something that will happen to an accepted message. */
export interface PlannedStep {
  kind: "sent" | "delivered" | "read" | "failed" | "reply";
  /** When it becomes known to the provider's events, counted from acceptance. */
  dueInMs: number;
  /** What its timestamp says, counted from acceptance; differs from `dueInMs` when events come disordered. */
  happenedInMs: number;
  /** How many times its event is posted. */
  copies: number;
  failure?: { code: number; details?: string };
}

/** What decides a message's life besides its telephone. */
export interface LifeConditions {
  role: MagicRole | undefined;
  /** A failure that was decided already, such as a closed window. */
  failure?: { code: number; details?: string } | undefined;
  /** Reactions are only ever sent (fact sheet 1.4). */
  isReaction: boolean;
  statusDelayMs: number;
  failRate: number;
  reorder: boolean;
  /** Between 0 and 1. */
  random(): number;
}

/** The whole life of an accepted message, decided at acceptance; pure but for `random`. */
export function planLife(conditions: LifeConditions): PlannedStep[] {
  const { role, statusDelayMs } = conditions;
  const failure = decideFailure(conditions);
  if (failure !== undefined) {
    return [{ ...step("failed", statusDelayMs), failure }];
  }
  if (role?.kind === "failed-then-delivered") {
    const failed = { ...step("failed", statusDelayMs), failure: { code: 131026 } };
    return [failed, step("delivered", 3 * statusDelayMs)];
  }
  if (conditions.isReaction) return [step("sent", statusDelayMs)];
  if (role?.kind === "replies") {
    const now = (["sent", "delivered", "read"] as const).map((kind) => step(kind, statusDelayMs));
    return [...now, step("reply", 2 * statusDelayMs)];
  }
  const kinds = (["sent", "delivered", "read"] as const).slice(0, reach(role));
  const steps = kinds.map((kind, index) => step(kind, (index + 1) * statusDelayMs));
  if (role?.kind === "duplicated") return steps.map((one) => ({ ...one, copies: 2 }));
  const isDisordered = role?.kind === "disordered" || conditions.reorder;
  return isDisordered ? disorder(steps) : steps;
}

function decideFailure(conditions: LifeConditions): { code: number; details?: string } | undefined {
  const { role } = conditions;
  if (role?.kind === "fails") return { code: role.code };
  if (conditions.failure !== undefined) return conditions.failure;
  if (conditions.failRate > 0 && conditions.random() < conditions.failRate) return { code: 131026 };
  return undefined;
}

function reach(role: MagicRole | undefined): number {
  if (role?.kind === "never-delivered") return 1;
  return role?.kind === "never-read" ? 2 : 3;
}

function step(kind: PlannedStep["kind"], afterMs: number): PlannedStep {
  return { kind, dueInMs: afterMs, happenedInMs: afterMs, copies: 1 };
}

/** The last comes first; every step keeps the time at which it happened. */
function disorder(steps: PlannedStep[]): PlannedStep[] {
  const reversed = steps.toReversed();
  return reversed.map((one, index) => ({ ...one, dueInMs: steps[index]?.dueInMs ?? one.dueInMs }));
}
