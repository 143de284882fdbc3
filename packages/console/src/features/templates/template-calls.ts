import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import type {
  lintFinding,
  newTemplate,
  preview,
  template,
  templateChange,
} from "@recado/contract/v1/templates";
import { callV1 } from "../../api/call.ts";
import { uploadFile } from "../../ui/problem/tell-file-problem.ts";

/** A template, what the linter finds, and how a person sees it: as `/v1` shows them. */
export type Template = (typeof template)["_zod"]["output"];
/** See {@link Template}. */
export type Finding = (typeof lintFinding)["_zod"]["output"];
/** See {@link Template}. */
export type Preview = (typeof preview)["_zod"]["output"];
/** What the editor writes. */
export type NewTemplate = (typeof newTemplate)["_zod"]["input"];

export const listTemplates = (
  query: {
    status?: Template["status"] | undefined;
    name?: string | undefined;
    cursor?: string | undefined;
  },
  signal: AbortSignal,
) =>
  callV1<typeof V1_OPERATIONS.listTemplates>({
    method: "GET",
    path: "/templates",
    query,
    signal,
  });

export const getTemplate = (id: number, signal: AbortSignal) =>
  callV1<typeof V1_OPERATIONS.getTemplate>({
    method: "GET",
    path: "/templates/:id",
    params: { id },
    signal,
  });

export const createTemplate = (body: NewTemplate) =>
  callV1<typeof V1_OPERATIONS.createTemplate>({ method: "POST", path: "/templates", body });

export const changeTemplate = (id: number, body: (typeof templateChange)["_zod"]["input"]) =>
  callV1<typeof V1_OPERATIONS.changeTemplate>({
    method: "PATCH",
    path: "/templates/:id",
    params: { id },
    body,
  });

export const lintTemplate = (body: NewTemplate, signal: AbortSignal) =>
  callV1<typeof V1_OPERATIONS.lintTemplate>({
    method: "POST",
    path: "/templates/lint",
    body,
    signal,
  });

/** Keeps a file that shows what a header may hold; nobody is sent it. */
export const uploadSample = (file: File) =>
  uploadFile(file, () =>
    callV1<typeof V1_OPERATIONS.uploadMedia>({ method: "POST", path: "/media", file }),
  );

export const submitTemplate = (id: number, force: boolean) =>
  callV1<typeof V1_OPERATIONS.submitTemplate>({
    method: "POST",
    path: "/templates/:id/submit",
    params: { id },
    body: { force },
  });

export const deleteTemplate = (id: number) =>
  callV1<typeof V1_OPERATIONS.deleteTemplate>({
    method: "DELETE",
    path: "/templates/:id",
    params: { id },
  });

export const syncTemplates = () =>
  callV1<typeof V1_OPERATIONS.syncTemplates>({ method: "POST", path: "/templates/sync", body: {} });

export const previewTemplate = (id: number, signal: AbortSignal) =>
  callV1<typeof V1_OPERATIONS.previewTemplate>({
    method: "POST",
    path: "/templates/:id/preview",
    params: { id },
    body: {},
    signal,
  });

export const decideCategory = (id: number, decision: "accept" | "reject") =>
  callV1<typeof V1_OPERATIONS.decideTemplateCategory>({
    method: "POST",
    path: "/templates/:id/category-decision",
    params: { id },
    body: { decision },
  });

export const listChanges = (id: number, cursor: string | undefined, signal: AbortSignal) =>
  callV1<typeof V1_OPERATIONS.listTemplateChanges>({
    method: "GET",
    path: "/templates/:id/changes",
    params: { id },
    query: { cursor },
    signal,
  });
