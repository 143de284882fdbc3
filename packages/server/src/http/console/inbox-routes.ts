import type { ConsoleDeps } from "./console-deps.ts";
import { serveInboxActions } from "./inbox-action-routes.ts";
import { serveInboxCatalogue } from "./inbox-catalogue-routes.ts";
import { serveComposing } from "./inbox-compose-routes.ts";
import { serveInboxFiles } from "./inbox-file-routes.ts";
import { serveInboxReads } from "./inbox-read-routes.ts";
import { serveInboxViews } from "./inbox-view-routes.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** Calls of the inbox. */
export function serveInbox(serve: ConsoleServe, deps: ConsoleDeps): void {
  serveInboxReads(serve, deps);
  serveInboxActions(serve, deps);
  serveComposing(serve, deps);
  serveInboxFiles(serve, deps);
  serveInboxCatalogue(serve, deps);
  serveInboxViews(serve, deps);
}
