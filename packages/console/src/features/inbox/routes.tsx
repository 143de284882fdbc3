import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { inboxWords } from "./i18n/inbox-words.ts";
import type { InboxFilter } from "./state/inbox-filter.ts";

/** What of the inbox stands in its address, so that it can be sent to a colleague. */
export interface InboxSearch extends Partial<InboxFilter> {
  /** The open conversation. */
  c?: string | undefined;
  /** An item of its thread to be brought into sight. */
  m?: string | undefined;
  /** Whether the context is shown; absent: when there is room. */
  panel?: "0" | "1" | undefined;
  /** The saved view that was chosen: several may show the same. */
  saved?: string | undefined;
}

const loader = () => inboxWords.load();
const VIEWS = ["mine", "queue", "open", "snoozed", "resolved", "mentions"] as const;
const ID = /^[0-9a-f-]{36}$/u;

/** The pages of this feature. */
export const inboxRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/",
    validateSearch: readSearch,
    loader,
    component: lazyRouteComponent(() => import("./inbox-page.tsx"), "InboxPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/supervision",
    beforeLoad: needs("inbox.supervise"),
    loader,
    component: lazyRouteComponent(
      () => import("./supervisor/supervisor-page.tsx"),
      "SupervisorPage",
    ),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/informes",
    beforeLoad: needs("inbox.supervise"),
    loader,
    component: lazyRouteComponent(() => import("./reports/reports-page.tsx"), "ReportsPage"),
  }),
] as const;

function readSearch(search: Record<string, unknown>): InboxSearch {
  const id = (name: string) => (ID.test(String(search[name])) ? String(search[name]) : undefined);
  const found: Record<string, string | undefined> = {
    view: VIEWS.find((view) => view === search.view),
    c: id("c"),
    m: id("m"),
    saved: id("saved"),
    assignee_id: id("assignee_id"),
    team_id: id("team_id"),
    label_id: id("label_id"),
    channel_id: id("channel_id"),
    project_id: id("project_id"),
    unread: String(search.unread) === "true" ? "true" : undefined,
    panel: ["0", "1"].find((each) => each === String(search.panel)),
  };
  return Object.fromEntries(
    Object.entries(found).filter(([, value]) => value !== undefined),
  ) as InboxSearch;
}
