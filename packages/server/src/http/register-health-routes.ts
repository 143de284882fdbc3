import type { FastifyInstance } from "fastify";
import { AppError } from "../platform/app-error.ts";

/** What health is told. */
export interface HealthDeps {
  /** Null while starting or stopping: not ready, and why. */
  phase(): "starting" | "ready" | "stopping";
  /** Rejects when the database does not answer. */
  pingDatabase(): Promise<void>;
  /** Age of the oldest due work of each lane. */
  lags(): Promise<{ lane: string; ageMs: number }[]>;
  lagMsMax: number;
}

/**
 * Adds `/health/live` (the process answers) and `/health/ready` (it does its work: the database answers
 * and no lane has left due work lying longer than the limit).
 */
export function registerHealthRoutes(app: FastifyInstance, deps: HealthDeps): void {
  app.get("/health/live", () => ({ status: "live" }));
  app.get("/health/ready", async () => {
    const phase = deps.phase();
    if (phase !== "ready") throw notReady(`The server is ${phase}.`);
    await deps.pingDatabase().catch((cause: unknown) => {
      throw notReady("The database does not answer.", cause);
    });
    const lanes = await deps.lags();
    const late = lanes.filter((lane) => lane.ageMs > deps.lagMsMax);
    if (late.length > 0) {
      const names = late.map((lane) => `${lane.lane} (${Math.round(lane.ageMs / 1000)} s)`);
      throw notReady(`Work is overdue: ${names.join(", ")}.`);
    }
    return { status: "ready", lanes };
  });
}

function notReady(message: string, cause?: unknown): AppError {
  return new AppError("not_ready", { message, retryAfterS: 2 }, { cause });
}
