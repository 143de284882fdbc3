import type { Logger } from "pino";
import { AppError } from "../platform/app-error.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import { findProject } from "../storage/projects.ts";
import { type DueProject, noteTemplatesRead, takeDueProjects } from "../storage/template-reads.ts";
import { importTemplates, type TemplateSource } from "./templates.ts";

/** What the lane needs. */
export interface TemplateLaneDeps extends TemplateSource {
  logger: Logger;
  intervalMs: number;
  /** Told after reading: there may be webhooks to bring. */
  onRead(): void;
}

/** Taken at once; the provider's lists are long and its limits on such calls are low. */
const PROJECTS_MAX = 4;

/**
 * Reads projects' templates from their providers when they are due: every six hours, every quarter of an hour while one waits for
 * WhatsApp's decision, and soon after a message failed for its template. Events can be lost; this is how that is found out.
 */
export function createTemplateLane(deps: TemplateLaneDeps): Lane {
  return createLane({
    name: "templates",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    async round() {
      const due = await takeDueProjects(deps.pool, new Date(deps.clock.now()), PROJECTS_MAX);
      await Promise.all(due.map((project) => readTemplates(deps, project)));
      if (due.length > 0) deps.onRead();
      return due.length === PROJECTS_MAX;
    },
  });
}

async function readTemplates(deps: TemplateLaneDeps, due: DueProject): Promise<void> {
  const { accountId, id: projectId } = due;
  try {
    const project = await findProject(deps.pool, due);
    if (!project) return;
    const report = await importTemplates(deps, project);
    const { inserted, disabled, skipped } = report;
    const counts = {
      inserted: inserted.length,
      disabled: disabled.length,
      skipped: skipped.length,
    };
    deps.logger.info({ accountId, projectId, ...counts }, "templates.read");
  } catch (error) {
    // What is foreseen is said to whoever looks; the rest only to the log.
    const said = error instanceof AppError ? error.message.slice(0, 500) : "internal error";
    deps.logger.warn({ accountId, projectId, err: error }, "templates.not_read");
    const at = new Date(deps.clock.now());
    await noteTemplatesRead(deps.pool, due, { at, pending: false, error: said });
  }
}
