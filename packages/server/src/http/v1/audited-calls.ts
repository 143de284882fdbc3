import type { V1Operation } from "@recado/contract/v1/operation";
import { V1_OPERATIONS } from "@recado/contract/v1/operations";

/** Writing with these scopes is an account's daily work, kept as messages, files, contacts and events; not a setting. */
const DAILY_WORK = /^(messages|media|contacts|conversations):/u;

/** Calls that are POST for the size of their question, and change nothing: an editor asks them at every pause of the typing. */
const QUESTIONS: ReadonlySet<string> = new Set(["lintTemplate", "previewTemplate"]);

/** Whether a call changes how an account is set up, and so leaves an entry in the audit. A new call does, unless its scope is daily work. */
export function isSetting(operation: Pick<V1Operation, "id" | "method" | "scope">): boolean {
  const { id, method, scope } = operation;
  return method !== "GET" && !QUESTIONS.has(id) && !DAILY_WORK.test(scope);
}

const settings = new Set(
  (Object.values(V1_OPERATIONS) as V1Operation[])
    .filter(isSetting)
    .map(({ method, path }) => `${method} /v1${path}`),
);

/** As {@link isSetting}, by method and route. */
export function isAudited(route: { method: string; url: string }): boolean {
  return settings.has(`${route.method} ${route.url}`);
}
