import * as activity from "@recado/contract/admin-activity-api";
import * as doctor from "@recado/contract/admin-doctor-api";
import * as fields from "@recado/contract/admin-fields";
import { accessChannel } from "../../accounts/access.ts";
import { runDoctor } from "../../accounts/doctor.ts";
import { CURES, type Finding } from "../../domain/channel-finding.ts";
import { diagnoseChannel } from "../../gateway/diagnose-channel.ts";
import { probeChannel } from "../../gateway/templates.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";

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
  app.get(
    "/channels/:id/doctor",
    { schema: { params: fields.idParams, response: { 200: doctor.channelReport } } },
    async (request) => {
      const channel = await accessChannel(deps.pool, callerOf(request), request.params.id);
      const hookUrl = deps.doctor.hookUrl(channel);
      const findings = (await diagnoseChannel(deps, channel, hookUrl)).map(formatFinding);
      const states = findings.map((finding) => finding.state);
      const { id, officialNumber, provider } = channel;
      const state = WORST_FIRST.find((one) => states.includes(one)) ?? "unknown";
      return { state, channelId: id, officialNumber, provider, hookUrl, findings };
    },
  );
}

const WORST_FIRST = ["wrong", "unknown", "ok"] as const;

function formatFinding(finding: Finding) {
  const problem = finding.state === "wrong" ? finding.problem : null;
  return { ...finding, problem, cure: problem && CURES[problem] };
}
