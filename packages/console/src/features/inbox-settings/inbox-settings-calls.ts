import type { cannedReply, inboxState, label, team } from "@recado/contract/console/inbox";
import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import type { workSettings, workSettingsChange } from "@recado/contract/console/work";
import { queryOptions } from "@tanstack/react-query";
import { callConsole } from "../../api/call.ts";

/** A project's way of working, and what all of the inbox refers to. */
export type WorkSettings = (typeof workSettings)["_zod"]["output"];
/** See {@link WorkSettings}. */
export type InboxState = (typeof inboxState)["_zod"]["output"];
/** See {@link WorkSettings}. */
export type Team = (typeof team)["_zod"]["output"];
/** See {@link WorkSettings}. */
export type Label = (typeof label)["_zod"]["output"];
/** See {@link WorkSettings}. */
export type CannedReply = (typeof cannedReply)["_zod"]["output"];
/** One part of a project's way of working, or several. */
export type WorkChange = (typeof workSettingsChange)["_zod"]["input"];

type Calls = typeof CONSOLE_OPERATIONS;

/** Labels, teams, people and replies. */
export const catalogueQuery = queryOptions({
  queryKey: ["inbox-catalogue"],
  queryFn: ({ signal }) =>
    callConsole<Calls["getInboxState"]>({ method: "GET", path: "/inbox/state", signal }),
});

/** How each project works. */
export const workQuery = queryOptions({
  queryKey: ["work-settings"],
  queryFn: ({ signal }) =>
    callConsole<Calls["listWorkSettings"]>({ method: "GET", path: "/inbox-work/projects", signal }),
});

export const changeWork = (id: string, body: WorkChange) =>
  callConsole<Calls["changeWorkSettings"]>({
    method: "PATCH",
    path: "/inbox-work/projects/:id",
    params: { id },
    body,
  });

export const createTeam = (body: { name: string; member_ids: string[] }) =>
  callConsole<Calls["createTeam"]>({ method: "POST", path: "/inbox/teams", body });

export const changeTeam = (id: string, memberIds: string[]) =>
  callConsole<Calls["changeTeam"]>({
    method: "PATCH",
    path: "/inbox/teams/:id",
    params: { id },
    body: { member_ids: memberIds },
  });

export const deleteTeam = (id: string) =>
  callConsole<Calls["deleteTeam"]>({
    method: "DELETE",
    path: "/inbox/teams/:id",
    params: { id },
  });

export const createLabel = (body: { name: string; color: Label["color"] }) =>
  callConsole<Calls["createLabel"]>({ method: "POST", path: "/inbox/labels", body });

export const deleteLabel = (id: string) =>
  callConsole<Calls["deleteLabel"]>({
    method: "DELETE",
    path: "/inbox/labels/:id",
    params: { id },
  });

export const createCannedReply = (body: { shortcut: string; text: string; personal: boolean }) =>
  callConsole<Calls["createCannedReply"]>({ method: "POST", path: "/inbox/canned-replies", body });

export const deleteCannedReply = (id: string) =>
  callConsole<Calls["deleteCannedReply"]>({
    method: "DELETE",
    path: "/inbox/canned-replies/:id",
    params: { id },
  });
