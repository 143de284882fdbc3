import * as activity from "@recado/contract/admin-activity-api";
import { runDoctor } from "../../accounts/doctor.ts";
import { probeChannel } from "../../gateway/templates.ts";
import type { AdminApp, AdminDeps } from "./admin-deps.ts";

/** How everything is, and what to do about it. */
export function addDoctorRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get("/doctor", { schema: { response: { 200: activity.doctorReport } } }, async () => {
    const checks = await runDoctor({
      ...deps.doctor,
      pool: deps.pool,
      clock: deps.clock,
      probeChannel: (channel) => probeChannel(deps, channel),
    });
    const states = checks.map((check) => check.state);
    const worst = states.includes("fail") ? "fail" : states.includes("warn") ? "warn" : "ok";
    return { state: worst as "ok" | "warn" | "fail", checks };
  });
}
