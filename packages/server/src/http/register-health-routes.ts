import type { FastifyInstance } from "fastify";
import { type HealthFacts, judgeHealth } from "../domain/health.ts";
import { AppError } from "../platform/app-error.ts";

/** What health is told. */
export interface HealthDeps {
  phase(): "starting" | "ready" | "stopping";
  /**
   * Looks at the database, the lanes and the machine. Rejects when the database does not answer. Anybody
   * may ask for it, as often as they like: whoever gives it remembers the answer for a moment.
   */
  look(): Promise<HealthFacts>;
  lagMsMax: number;
}

/**
 * Adds `/health/live` (the process answers) and `/health/ready` (it does its work: 200, with warnings
 * when somebody should look; 503 with the reason when nobody should be sent here).
 */
export function registerHealthRoutes(app: FastifyInstance, deps: HealthDeps): void {
  app.get("/health/live", () => ({ status: "live" }));
  app.get("/health/ready", async () => {
    const phase = deps.phase();
    if (phase !== "ready") throw notReady(`The server is ${phase}.`);
    const facts = await deps.look().catch((cause: unknown) => {
      throw notReady("The database does not answer.", cause);
    });
    const { state, reasons, warnings } = judgeHealth(facts, deps.lagMsMax);
    if (state === "failing") throw notReady(reasons.join(" "));
    return { status: state, warnings, lanes: facts.lanes };
  });
}

function notReady(message: string, cause?: unknown): AppError {
  return new AppError("not_ready", { message, retryAfterS: 2 }, { cause });
}
