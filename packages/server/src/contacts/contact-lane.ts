import { createLane, type Lane } from "../platform/lane.ts";
import { wakeSnoozed } from "./conversations.ts";
import { continueErasure, type EraseDeps } from "./erase-person.ts";

/** Builds the lane that opens snoozed conversations at their hour and goes on with erasures. */
export function createContactLane(deps: EraseDeps & { intervalMs: number }): Lane {
  return createLane({
    name: "contacts",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    async round() {
      const [woken, erased] = [await wakeSnoozed(deps), await continueErasure(deps)];
      return woken || erased;
    },
  });
}
