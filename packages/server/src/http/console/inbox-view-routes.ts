import { INBOX_VIEW_OPERATIONS as calls } from "@recado/contract/console/inbox-view-operations";
import { renderView } from "../../inbox/load-inbox.ts";
import {
  changeView,
  countViews,
  createView,
  orderViews,
  removeView,
  type ViewKeeper,
} from "../../inbox/saved-views.ts";
import type { ConsoleCaller, ConsoleDeps } from "./console-deps.ts";
import { inboxDepsOf } from "./inbox-office.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** Filters of the list that people keep. */
export function serveInboxViews(serve: ConsoleServe, deps: ConsoleDeps): void {
  const inbox = inboxDepsOf(deps);
  serve(calls.createInboxView, async ({ caller, body }) =>
    renderView(await createView(inbox, keeperOf(caller), body)),
  );
  serve(calls.orderInboxViews, async ({ caller, body }) => ({
    items: (await orderViews(inbox, keeperOf(caller), body)).map(renderView),
  }));
  serve(calls.countInboxViews, async ({ caller }) => ({
    counts: Object.fromEntries(await countViews(deps.pool, caller)),
  }));
  serve(calls.changeInboxView, async ({ caller, params, body }) =>
    renderView(await changeView(inbox, keeperOf(caller), { ...body, id: params.id })),
  );
  serve(calls.deleteInboxView, ({ caller, params }) =>
    removeView(inbox, keeperOf(caller), params.id),
  );
}

function keeperOf(caller: ConsoleCaller): ViewKeeper {
  const { accountId, userId, permissions } = caller;
  return { accountId, userId, mayConfigure: permissions.includes("inbox.configure") };
}
