import { idParams } from "../v1/fields.ts";
import { savedView } from "./inbox.ts";
import * as views from "./inbox-views.ts";
import type { ConsoleOperation } from "./operation.ts";

const VIEW = "/inbox/views/:id";

/** Filters of the list that people keep under a name. They come with `getInboxState`. */
export const INBOX_VIEW_OPERATIONS = {
  createInboxView: {
    id: "createInboxView",
    method: "POST",
    path: "/inbox/views",
    summary: "Keeps a filter of the list, mine or (with inbox.configure) everybody's.",
    permission: "inbox.read",
    body: views.viewBody,
    answer: { status: 201, schema: savedView },
  },
  orderInboxViews: {
    id: "orderInboxViews",
    method: "PUT",
    path: "/inbox/views",
    summary: "Puts views in an order.",
    permission: "inbox.read",
    isDailyWork: true,
    body: views.viewOrderBody,
    answer: { status: 200, schema: views.savedViews },
  },
  countInboxViews: {
    id: "countInboxViews",
    method: "GET",
    path: "/inbox/view-counts",
    summary: "How many conversations stand in each of the views that I see.",
    permission: "inbox.read",
    answer: { status: 200, schema: views.viewCounts },
  },
  changeInboxView: {
    id: "changeInboxView",
    method: "PATCH",
    path: VIEW,
    summary: "Changes a view's name or filter.",
    permission: "inbox.read",
    params: idParams,
    body: views.viewChange,
    answer: { status: 200, schema: savedView },
  },
  deleteInboxView: {
    id: "deleteInboxView",
    method: "DELETE",
    path: VIEW,
    summary: "Deletes a view.",
    permission: "inbox.read",
    params: idParams,
    answer: { status: 204 },
  },
} as const satisfies Record<string, ConsoleOperation>;
